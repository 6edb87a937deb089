/** Where a rule or a term comes from, in words: the rows name it in short English, since they are read by those who keep them. Pure. */
import type { Text } from '../programme.ts'

type Said = { cites: RegExp; of(found: RegExpExecArray): Text }

const CITES: readonly Said[] = [
  { cites: /^(?:SOP-CM )?stages? ([\d, ]+)(?: and its footnote)?/, of: ([, n]) => said(`этап ${n}`, `${n}-кезең`, `stage ${n}`) },
  { cites: /^Appendix ([\d, ]+)/, of: ([, n]) => said(`Приложение ${n}`, `${n}-қосымша`, `Appendix ${n}`) },
  { cites: /^§\s?(\d+)/, of: ([, n]) => said(`раздел ${n}`, `${n}-бөлім`, `section ${n}`) },
  { cites: /^(STD-\d+ §\d+)/, of: ([, n]) => said(`стандарт ${n}`, `${n} стандарты`, `standard ${n}`) },
]
const said = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

const PRACTICE = said(
  'в регламенте срока нет, принят в системе',
  'регламентте мерзім жоқ, жүйеде қабылданған',
  'not in the procedure, set in this system',
)
const PARTLY = said('подробности приняты в системе', 'егжей-тегжейі жүйеде қабылданған', 'details are set in this system')

/** “этап 3, Приложение 4; подробности приняты в системе”. */
export function sourceWords(source: string): Text {
  const cites = source.split(';').flatMap((one) => {
    for (const { cites: pattern, of } of CITES) {
      const found = pattern.exec(one.trim())
      if (found) return [of(found)]
    }
    return []
  })
  const isPractice = source.includes('practice')
  if (cites.length === 0) return PRACTICE
  const joined = (lang: keyof Text) => `${cites.map((one) => one[lang].trim()).join(', ')}${isPractice ? `; ${PARTLY[lang]}` : ''}`
  return { ru: joined('ru'), kk: joined('kk'), en: joined('en') }
}
