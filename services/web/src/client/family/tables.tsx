/** What the drawings say, as tables: everybody, every relation, every tie. */
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import { relationsOf, tiesOf } from '@tirek/contract/family/tables'
import { useHere } from '../me.tsx'
import { familyWords } from '../words-of/family.ts'
import type { Says } from '@tirek/contract/family/saying'

type Shown = { family: FamilyDrawn; says: Says; choose?: ((id: string) => void) | undefined }

function Change({ id, who, choose }: { id: string; who: string; choose: Shown['choose'] }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  if (!choose) return null
  return (
    <td>
      <button type="button" className="plain" aria-label={fam.editRow.replace('{who}', who)} onClick={() => choose(id)}>
        {fam.change}
      </button>
    </td>
  )
}

export function GenogramTables({ family, says, choose }: Shown) {
  const { lang, words } = useHere()
  const fam = familyWords(lang)
  const relations = relationsOf(family, says)
  return (
    <>
      <h3>{fam.people}</h3>
      <table className="journal">
        <thead>
          <tr>
            <th scope="col">{fam.who}</th>
            <th scope="col">{fam.age}</th>
            <th scope="col">{fam.home}</th>
            {choose && <th scope="col">{fam.change}</th>}
          </tr>
        </thead>
        <tbody>
          {family.members.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                {says.who(member.id)}
                {member.note && <p className="soft">{member.note}</p>}
              </th>
              <td data-caption={fam.age}>{says.ageWords(member) || '—'}</td>
              <td data-caption={fam.home}>{member.inHousehold ? words.yes : words.no}</td>
              <Change id={member.id} who={says.who(member.id)} choose={choose} />
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{fam.relations}</h3>
      {relations.length === 0 && <p className="soft">{fam.noTies}</p>}
      {relations.length > 0 && (
        <table className="journal">
          <thead>
            <tr>
              <th scope="col">{fam.relation}</th>
              {choose && <th scope="col">{fam.change}</th>}
            </tr>
          </thead>
          <tbody>
            {relations.map(({ id, text }) => (
              <tr key={id}>
                <th scope="row">{text}</th>
                <Change id={id} who={text} choose={choose} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

export function EcomapTable({ family, says, choose }: Shown) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  return (
    <>
      <h3>{fam.surroundings}</h3>
      {family.systems.length === 0 && <p className="soft">{fam.noTies}</p>}
      {family.systems.length > 0 && (
        <table className="journal">
          <thead>
            <tr>
              <th scope="col">{fam.surroundings}</th>
              <th scope="col">{fam.ties}</th>
              {choose && <th scope="col">{fam.change}</th>}
            </tr>
          </thead>
          <tbody>
            {family.systems.map((system) => (
              <tr key={system.id}>
                <th scope="row">{says.system(system)}</th>
                <td data-caption={fam.ties}>
                  <ul>
                    {tiesOf(family, system.id, says, lang).map(({ id, text }) => (
                      <li key={id}>{text}</li>
                    ))}
                  </ul>
                </td>
                <Change id={system.id} who={says.system(system)} choose={choose} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
