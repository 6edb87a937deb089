import type { Text } from '../../programme.ts'

/** A rule of the procedure in our own short words, with the place in SOP-CM that it comes from (`practice`: our own). */
export type Rule = { source: string; text: Text }

export const rule = (source: string, ru: string, kk: string, en: string): Rule => ({ source, text: { ru, kk, en } })
