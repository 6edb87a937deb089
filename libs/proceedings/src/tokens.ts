export const FILES = Symbol('files')
export const CLOCK = Symbol('clock')
/** The store as the role of the loops. */
export const WORK = Symbol('work')
