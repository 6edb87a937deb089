/** Which step of a help request asks for a field. */

export type Step = 1 | 2 | 3
export const STEPS: readonly Step[] = [1, 2, 3]

const FIRST = ['/child/name', '/child/notNamed', '/child/iin', '/child/phone', '/child/address', '/anotherChild']
const SECOND = ['/child', '/channel', '/source', '/asker', '/mother', '/father']

const within = (pointer: string, one: string) => pointer === one || pointer.startsWith(`${one}/`)

/** Of a field's pointer; of what is nobody's, the last, where it is sent. */
export function stepOfPointer(pointer: string): Step {
  if (FIRST.some((one) => within(pointer, one))) return 1
  return SECOND.some((one) => within(pointer, one)) ? 2 : 3
}
