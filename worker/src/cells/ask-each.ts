/** Objects asked at once: every one of them is another request. */
const TOGETHER_MAX = 50

/** Asks each of many objects, not all at once. Answers in their order. */
export async function askEach<Thing, Answer>(
  things: readonly Thing[],
  ask: (thing: Thing) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let from = 0; from < things.length; from += TOGETHER_MAX) {
    answers.push(...(await Promise.all(things.slice(from, from + TOGETHER_MAX).map(ask))))
  }
  return answers
}
