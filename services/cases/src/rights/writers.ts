/** An export on its way out, piece by piece: as JSON for programs, as one page to read and print. */
import type { Lang } from '@tirek/contract/roles'
import { EXPORT_WORDS, SECTIONS, type SectionName } from './words.ts'
import { minuteOf } from './when.ts'
import type { ExportField } from './fields.ts'

export type ExportEntry = {
  title: string
  kind?: string
  at?: number
  recordedAt?: number
  withdrawn?: boolean
  fields: ExportField[]
  leftOut: string[]
}
export type ExportSection = { name: SectionName; entries: AsyncIterable<ExportEntry> }
export type ExportHead = { caseNumber: string; about: 'child' | 'reporter'; madeAt: number; askedBy: string; lang: Lang }

/** `{format, case, …, sections: [{name, title, entries: […]}]}`. */
export async function* asJson(head: ExportHead, sections: AsyncIterable<ExportSection>): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'tirek-export-1', ...head, leftOutBecause: EXPORT_WORDS.why[head.lang] }).slice(0, -1)},"sections":[`
  let first = true
  for await (const { name, entries } of sections) {
    yield `${first ? '' : ','}${JSON.stringify({ name, title: SECTIONS[name][head.lang] }).slice(0, -1)},"entries":[`
    first = false
    let n = 0
    for await (const entry of entries) yield `${n++ === 0 ? '' : ','}${JSON.stringify(entry)}`
    yield ']}'
  }
  yield ']}'
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!)

const LOOK =
  'body{font:15px/1.5 "DejaVu Sans",sans-serif;color:#1a1a1a;max-width:46rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.5rem}h2{border-bottom:2px solid;margin-top:2.5rem}h3{font-size:1rem;margin:1.5rem 0 .3rem}dl{margin:0}dt{color:#555;font-size:.85rem;margin-top:.4rem}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}small,.out{color:#555}article{break-inside:avoid}'

/** A page that needs nothing else: no script, nothing fetched. */
export async function* asHtml(head: ExportHead, sections: AsyncIterable<ExportSection>): AsyncGenerator<string> {
  const { lang } = head
  const say = (word: keyof typeof EXPORT_WORDS) => escaped(EXPORT_WORDS[word][lang])
  const title = `${EXPORT_WORDS[head.about === 'child' ? 'title' : 'reporter'][lang]}`
  yield `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(head.caseNumber)}</title><style>${LOOK}</style></head><body>`
  yield `<h1>${escaped(title)}</h1><p>${say('case')} ${escaped(head.caseNumber)}<br>${say('made')}: ${minuteOf(head.madeAt)}<br>${say('askedBy')}: ${escaped(head.askedBy)}</p>`
  if (head.about === 'child') yield `<p class="out">${say('why')}</p>`
  for await (const { name, entries } of sections) {
    yield `<section><h2>${escaped(SECTIONS[name][lang])}</h2>`
    let n = 0
    for await (const entry of entries) {
      n++
      const times = [
        ...(entry.at === undefined ? [] : [minuteOf(entry.at)]),
        ...(entry.recordedAt === undefined || entry.recordedAt === entry.at ? [] : [`${say('recorded')} ${minuteOf(entry.recordedAt)}`]),
        ...(entry.withdrawn ? [say('withdrawn')] : []),
      ]
      yield `<article><h3>${escaped(entry.title)}</h3>${times.length > 0 ? `<small>${times.join(', ')}</small>` : ''}<dl>`
      for (const { caption, text } of entry.fields) yield `<dt>${escaped(caption)}</dt><dd>${escaped(text)}</dd>`
      yield `</dl>${entry.leftOut.length > 0 ? `<p class="out">${say('leftOut')}: ${escaped(entry.leftOut.join('; '))}</p>` : ''}</article>`
    }
    yield `${n === 0 ? `<p>${say('none')}</p>` : ''}</section>`
  }
  yield '</body></html>'
}
