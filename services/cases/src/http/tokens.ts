/** Name under which the one Clock is handed to controllers. */
export const CLOCK = Symbol('clock')
