/** What a form says, caption by caption, as it was written down. */
import type { Lang } from '@tirek/contract/roles'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { captionOf, kindOf, type Schema } from '../fields.ts'
import { useHere, usePeople } from '../me.tsx'
import { dayText, momentText } from '../when.ts'
import type { Words } from '../words.ts'
import { Official } from './official.tsx'

/** The form of an act; it does not change while the page is open. */
export const useFormSchema = (kind: string) =>
  useQuery({
    queryKey: ['form', kind],
    queryFn: ({ signal }) => ask<Schema>(`/api/forms/${kind}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function Written({ kind, form }: { kind: string; form: Record<string, unknown> }) {
  const { lang, words } = useHere()
  const people = usePeople()
  const { data: schema } = useFormSchema(kind)
  if (!schema) return <p className="soft">{words.loading}</p>
  const nameOf = (id: string) => people.get(id)?.name
  return <Rows schema={schema} value={form} lang={lang} words={words} nameOf={nameOf} />
}

type Shown = { schema: Schema; lang: Lang; words: Words; nameOf(id: string): string | undefined }

function Rows({ schema, value, ...shown }: Shown & { value: Record<string, unknown> }) {
  return (
    <dl className="written">
      {Object.entries(schema.properties ?? {}).map(([name, one]) => {
        const text = value[name]
        if (text === undefined || (Array.isArray(text) && text.length === 0)) return null
        if (kindOf(one) === 'uuid' && !shown.nameOf(String(text))) return null
        if (kindOf(one) === 'group' && typeof text === 'object' && Object.keys(text as object).length === 0) return null
        return (
          <div key={name} style={{ display: 'contents' }}>
            <dt>
              {captionOf(one, shown.lang, name)} <Official ru={one.title} said={captionOf(one, shown.lang, name)} />
            </dt>
            <dd>
              <Value schema={one} value={text} {...shown} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Value({ schema, value, ...shown }: Shown & { value: unknown }) {
  const { lang, words, nameOf } = shown
  // Written under an earlier form, where this part was one text.
  if (typeof value === 'string' && ['group', 'list'].includes(kindOf(schema))) return value
  switch (kindOf(schema)) {
    case 'group':
      return <Rows schema={schema} value={value as Record<string, unknown>} {...shown} />
    case 'list':
      return (value as Record<string, unknown>[]).map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a saved list does not change
        <Rows key={i} schema={schema.items ?? {}} value={one} {...shown} />
      ))
    case 'choices':
      return (value as string[]).map((one) => schema.items?.labels?.[one]?.[lang] ?? one).join('; ')
    case 'lines':
      return (value as unknown[]).map(String).join(', ')
    case 'choice':
      return schema.labels?.[String(value)]?.[lang] ?? String(value)
    case 'yes-no':
      return value ? words.yes : words.no
    case 'day':
      return `${dayText(String(value), lang)} ${String(value).slice(0, 4)}`
    case 'moment':
      return momentText(Date.parse(String(value)), lang)
    case 'uuid':
      return nameOf(String(value)) ?? ''
    default:
      return String(value)
  }
}
