/** Which language a device speaks: chosen here, or the browser's. */
import type { Lang } from '@tirek/contract/roles'

const LANG = 'tirek-lang'
export function storedLang(): Lang | undefined {
  const known = window.localStorage.getItem(LANG)
  return known === 'ru' || known === 'kk' || known === 'en' ? known : undefined
}
export const storeLang = (lang: Lang): void => window.localStorage.setItem(LANG, lang)

/** The language before anybody signed in: chosen here, or the browser's. */
export function firstLang(): Lang {
  const stored = storedLang()
  if (stored) return stored
  const wished = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'ru' || tag === 'kk')
  return wished === 'kk' ? 'kk' : 'ru'
}
