/** Name under which the one Clock is handed to controllers. */
export const CLOCK = Symbol('clock')
/** Name under which the database of the loops and of other services' questions is handed to controllers: it never answers a person. */
export const WORK = Symbol('work')
