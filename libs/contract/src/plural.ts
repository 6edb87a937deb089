/** Counts in words. Pure. */
import type { Lang } from './roles.ts'

/** `one few many` for Russian, `one other` for the rest. */
export function plural(
  lang: Lang,
  n: number,
  forms: { ru: readonly [string, string, string]; kk: string; en: readonly [string, string] },
): string {
  if (lang === 'kk') return `${n} ${forms.kk}`
  const kind = new Intl.PluralRules(lang).select(n)
  if (lang === 'en') return `${n} ${forms.en[kind === 'one' ? 0 : 1]}`
  return `${n} ${forms.ru[kind === 'one' ? 0 : kind === 'few' ? 1 : 2]}`
}
