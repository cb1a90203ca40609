/** The name an object was addressed by. Objects of this network are always addressed by name. */
export function nameOf(ctx: DurableObjectState): string {
  const { name } = ctx.id
  if (name === undefined) throw new Error('an object of the network was addressed without a name')
  return name
}
