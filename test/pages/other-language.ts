/** Finds words of another language on a page: by what our own texts say, and by the alphabet. */
import { ACTS, KINDS } from '@tirek/contract/acts'
import { formOf } from '@tirek/contract/forms/described'
import type { Lang } from '@tirek/contract/roles'
import { ROOT } from '../../infra/dev/place.mjs'
import { globSync } from 'node:fs'
import { join } from 'node:path'

type Said = Record<Lang, string>
const all: Said[] = []

/** Every text in three languages within a value. */
function collect(value: unknown): void {
  if (value === null || typeof value !== 'object') return
  const one = value as Record<string, unknown>
  if (Array.isArray(value) && value.length === 3 && value.every((text) => typeof text === 'string'))
    return void all.push({ ru: value[0] as string, kk: value[1] as string, en: value[2] as string })
  const ru = one['ru'] ?? one['title']
  if (typeof ru === 'string' && typeof one['kk'] === 'string' && typeof one['en'] === 'string')
    all.push({ ru, kk: one['kk'], en: one['en'] })
  for (const part of Object.values(one)) collect(part)
}

const tables = [
  'services/web/src/client/words.ts',
  ...globSync('services/web/src/client/words-of/*.ts', { cwd: ROOT }),
  'libs/procedure/src/child-protection/labels.ts',
  'libs/contract/src/role-names.ts',
  'libs/contract/src/family/words.ts',
  'libs/contract/src/family/kin.ts',
  ...globSync('libs/contract/src/forms/*codes.ts', { cwd: ROOT }),
].filter((file) => !file.endsWith('.test.ts'))
for (const file of tables) collect(await import(join(ROOT, file)))
for (const kind of KINDS) collect([ACTS[kind].label, formOf(kind)])

/** Roles of those invited: typed by people in the data of a first start, so they stand as they were typed. */
const TYPED = new Set(['опека', 'социальная защита', 'школа', 'полиция', 'бабушка', 'мать'])

/** What only keeps codes of rules whole is no letter. */
const plain = (text: string) => text.replaceAll('\u2060', '').replaceAll(/\s+/g, ' ').trim()
const texts = Object.fromEntries(
  (['ru', 'kk', 'en'] as const).map((lang) => [lang, new Set(all.map((one) => plain(one[lang])))]),
) as Record<Lang, Set<string>>

/** What of these texts belongs to another language than the page's. What people and directories are called, and what people wrote, is nobody's language. */
export function foreignTo(lang: Lang, said: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of said.map(plain)) {
    if (!/\p{L}{2}/u.test(text) || texts[lang].has(text) || TYPED.has(text)) continue
    for (const other of ['ru', 'kk', 'en'] as const)
      if (other !== lang && texts[other].has(text)) found.add(`says in the words of ${other}: ${text.slice(0, 80)}`)
  }
  return [...found]
}

/** How many texts are known by heart. */
export const KNOWN_TEXTS = all.length
