/** The last pages of an edition: the sheet of changes and the acquaintance sheet, as their papers have them. */
import { journalOf, JOURNALS, type JournalName } from '@tirek/contract/journals'
import { paperDay } from '@tirek/contract/paper-day'
import { ROLES } from '@tirek/contract/role-names'
import type { Role } from '@tirek/contract/roles'
import { dayOf } from '@tirek/procedure/time'
import { Link } from '@tanstack/react-router'
import { useHere, usePeople } from '../me.tsx'
import { manageWords } from '../words-of/manage.ts'
import { sheetWords } from '../words-of/sheets.ts'
import { Official } from './official.tsx'
import { FileLinks } from './paper-links.tsx'
import { joined } from '../rule-codes.ts'

export type Sheets = {
  changes: { id: string; at: number; section: string; what?: string; changedBy: string }[]
  read: { person: string; position: string; at: number }[]
  unread: string[]
}

function Heading({ name, edition }: { name: 'changes' | 'acquaintance'; edition: string }) {
  const { lang } = useHere()
  const { title, rule } = JOURNALS[name]
  return (
    <div className="row between wrap">
      <h3 id={`${name}-${edition}`}>
        {title[lang]} <span className="hidden">{edition}</span> <small>{joined(rule)}</small>
        <Official ru={title.ru} said={title[lang]} />
      </h3>
      <FileLinks path={`/api/editions/${edition}/sheets/${name}`} name={`${title[lang]} ${edition}`} />
    </div>
  )
}

function Captions({ of, keys }: { of: JournalName; keys: readonly string[] }) {
  const { lang } = useHere()
  const { number, date, writer, columns } = journalOf(of)
  const captions = keys.map((key) => ({ number, date, writer })[key] ?? columns.find((one) => one.key === key)?.caption)
  return (
    <thead>
      <tr>
        {captions.map(
          (caption, n) =>
            caption && (
              <th key={keys[n]} scope="col">
                {caption[lang]} <Official ru={caption.ru} said={caption[lang]} />
              </th>
            ),
        )}
      </tr>
    </thead>
  )
}

/** The whole sheet as a journal: searched, filtered, given out as a table. */
function Whole({ name, edition }: { name: JournalName; edition: string }) {
  const { me, lang } = useHere()
  const sht = sheetWords(lang)
  if (!me.may.includes('read journals')) return null
  return (
    <Link to="/journals/$name" params={{ name }} search={{ kind: edition } as never}>
      {sht.wholeSheet} <span className="hidden">{`${JOURNALS[name].title[lang]} ${edition}`}</span>
    </Link>
  )
}

export function ChangeSheet({ edition, changes }: { edition: string; changes: Sheets['changes'] }) {
  const { me, lang } = useHere()
  const sht = sheetWords(lang)
  const { writers } = journalOf('changes')
  const caption = (key: string) => journalOf('changes').columns.find((one) => one.key === key)!.caption[lang]
  return (
    <section aria-labelledby={`changes-${edition}`}>
      <Heading name="changes" edition={edition} />
      {changes.length === 0 ? (
        <p className="soft">{sht.noChanges}</p>
      ) : (
        <table className="journal">
          <caption className="hidden">{`${sht.changes} ${edition}`}</caption>
          <Captions of="changes" keys={['section', 'date', 'changedBy']} />
          <tbody>
            {changes.map(({ id, at, section, what, changedBy }) => (
              <tr key={id}>
                <th scope="row">
                  {section}
                  {what && <p className="soft plain-words">{what}</p>}
                </th>
                <td data-caption={journalOf('changes').date![lang]} className="num">
                  {paperDay(dayOf(at))}
                </td>
                <td data-caption={caption('changedBy')}>{changedBy}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="row wrap">
        {writers?.includes(me.role) && (
          <Link className="button quiet" to="/journals/$name/new" params={{ name: 'changes' }} search={{ edition } as never}>
            {sht.addChange} <span className="hidden">{edition}</span>
          </Link>
        )}
        <Whole name="changes" edition={edition} />
      </p>
    </section>
  )
}

export function AcquaintanceSheet({ edition, sheets: { read, unread } }: { edition: string; sheets: Sheets }) {
  const { lang, words } = useHere()
  const say = manageWords(lang)
  const sht = sheetWords(lang)
  const people = usePeople()
  const nameOf = (id: string) => people.get(id)?.name ?? words.somebody
  const positionOf = (role: string | undefined) => ROLES[role as Role]?.[lang] ?? ''
  const { date, columns } = journalOf('acquaintance')
  const position = columns.find(({ key }) => key === 'position')!.caption[lang]
  const rows = [
    ...unread.map((person) => ({ person, position: people.get(person)?.role as string | undefined, at: undefined })),
    ...read.map((one) => ({ ...one, at: one.at as number | undefined })),
  ]
  return (
    <section aria-labelledby={`acquaintance-${edition}`}>
      <Heading name="acquaintance" edition={edition} />
      <details>
        <summary>
          {sht.byName} <span className="hidden">{edition}</span>
        </summary>
        <table className="journal">
          <caption className="hidden">{`${JOURNALS.acquaintance.title[lang]} ${edition}`}</caption>
          <Captions of="acquaintance" keys={['writer', 'position', 'date']} />
          <tbody>
            {rows.map((one) => (
              <tr key={one.person}>
                <th scope="row">{nameOf(one.person)}</th>
                <td data-caption={position}>{positionOf(one.position)}</td>
                <td data-caption={date![lang]} className="num">
                  {one.at === undefined ? <span className="tag soon">{say.notYet}</span> : paperDay(dayOf(one.at))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p>
        <Whole name="acquaintance" edition={edition} />
      </p>
    </section>
  )
}
