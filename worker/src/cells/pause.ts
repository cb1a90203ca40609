/** Lets other events of the object in before a long piece of work goes on. */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
