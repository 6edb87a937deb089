/** The short form of whoever or whatever is chosen on the drawing: its fields, its relatives, its relations, and the way to take it off. */
import { BONDS } from '@tirek/contract/forms/family-codes'
import type { FamilyDrawn } from '@tirek/contract/forms/family'
import { useState } from 'react'
import type { Path } from '../fields.ts'
import { useHere } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { familyWords, type FamilyWords } from '../words-of/family.ts'
import { keyOfTie, type Drawing } from '@tirek/contract/family/drawing'
import { memberRemoved, related, relationAt, relationRemoved, relativeAdded, systemRemoved, tied, type Relative } from './editing.ts'
import type { Editing } from './editor.tsx'
import type { Says } from '@tirek/contract/family/saying'

/** Fields that name somebody of the drawing are chosen by who they are. */
export function memberChoices(path: Path, family: FamilyDrawn, says: Says): { value: string; label: string }[] | undefined {
  const [list, , name] = path
  const isMember =
    (list === 'parents' && (name === 'parent' || name === 'child')) ||
    (list === 'couples' && (name === 'a' || name === 'b')) ||
    (list === 'bonds' && (name === 'from' || name === 'to')) ||
    (list === 'ties' && name === 'member')
  if (isMember) return family.members.map(({ id }) => ({ value: id, label: says.who(id) }))
  if (list === 'ties' && name === 'system') return family.systems.map(({ id }) => ({ value: id, label: says.systemWho(id) }))
  return undefined
}

type Props = { editing: Editing; says: Says; leave(): void }

export function Chosen({ chosen, drawing, ...props }: Props & { chosen: string | undefined; drawing: Drawing }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const { family } = props.editing
  const member = family.members.findIndex(({ id }) => id === chosen)
  const system = family.systems.findIndex(({ id }) => id === chosen)
  const keys = drawing.lines.find(({ id }) => id === chosen)?.of ?? (chosen && relationAt(family, chosen) ? [chosen] : [])
  if (member >= 0) return <ChosenMember key={chosen} at={member} {...props} />
  if (system >= 0) return <ChosenSystem key={chosen} at={system} {...props} />
  if (keys.length > 0) return <ChosenRelations keys={keys} {...props} />
  return <p className="soft">{fam.chooseHint}</p>
}

const RELATIVES = [
  ['parent', 'addParent'],
  ['partner', 'addPartner'],
  ['child', 'addChild'],
  ['sibling', 'addSibling'],
] as const satisfies readonly (readonly [Relative, keyof FamilyWords])[]

function ChosenMember({ at, editing: { family, put }, says, leave }: Props & { at: number }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const member = family.members[at]!
  const hasParents = family.parents.some(({ child, kind }) => child === member.id && kind === 'biological')
  const others = family.members.filter(({ id }) => id !== member.id)
  const [to, setTo] = useState('')
  const [how, setHow] = useState('close')
  const isKnown = others.some(({ id }) => id === to)
  return (
    <>
      <h2>
        {fam.chosen}: {says.who(member.id)}
      </h2>
      <p className="row wrap">
        {RELATIVES.map(([as, word]) => (
          <button
            key={as}
            type="button"
            className="button quiet"
            disabled={as === 'sibling' && !hasParents}
            onClick={() => ((added) => put(added.family, added.id))(relativeAdded(family, member.id, as))}
          >
            {fam[word]}
          </button>
        ))}
      </p>
      {others.length > 0 && (
        <div className="row wrap family-relate">
          <label>
            {fam.relate}{' '}
            <select value={isKnown ? to : ''} onChange={(event) => setTo(event.target.value)}>
              <option value="" />
              {others.map(({ id }) => (
                <option key={id} value={id}>
                  {says.who(id)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {fam.howRelated}{' '}
            <select value={how} onChange={(event) => setHow(event.target.value)}>
              <option value="parent">{fam.isParentOf}</option>
              <option value="child">{fam.isChildOf}</option>
              <option value="couple">{fam.couple}</option>
              {Object.entries(BONDS).map(([kind, said]) => (
                <option key={kind} value={kind}>
                  {said[lang]}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button quiet"
            disabled={!isKnown}
            onClick={() => ((more) => put(more.family, more.key))(related(family, member.id, to, how))}
          >
            {fam.relateButton}
          </button>
        </div>
      )}
      {['name', 'role', 'sex', 'birthDate', 'birthYear', 'inHousehold', 'died', 'deathYear', 'unborn', 'note'].map((name) => (
        <Field key={name} at={['members', at, name]} required={false} />
      ))}
      <p className="row wrap">
        {member.moved && (
          <button
            type="button"
            className="button quiet"
            onClick={() =>
              put({
                ...family,
                members: family.members.map(({ moved, ...one }) => (one.id === member.id ? one : { ...one, ...(moved && { moved }) })),
              })
            }
          >
            {fam.putBack}
          </button>
        )}
        {!member.isChild && (
          <button type="button" className="button quiet" onClick={() => (put(memberRemoved(family, member.id)), leave())}>
            {fam.remove}
          </button>
        )}
      </p>
    </>
  )
}

function ChosenSystem({ at, editing: { family, put }, says, leave }: Props & { at: number }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const system = family.systems[at]!
  const [to, setTo] = useState('')
  const own = family.ties.flatMap((tie, i) => (tie.system === system.id ? [{ tie, i }] : []))
  return (
    <>
      <h2>
        {fam.chosen}: {says.system(system)}
      </h2>
      {['kind', 'name'].map((name) => (
        <Field key={name} at={['systems', at, name]} />
      ))}
      {own.map(({ tie, i }) => (
        <fieldset key={keyOfTie(tie)} className="sub">
          <legend>{tie.member === undefined ? fam.wholeFamily : says.who(tie.member)}</legend>
          <Field at={['ties', i, 'strength']} />
          <Field at={['ties', i, 'flow']} />
          <button type="button" className="plain" onClick={() => put(relationRemoved(family, { list: 'ties', at: i }))}>
            {fam.remove}
          </button>
        </fieldset>
      ))}
      <div className="row wrap family-relate">
        <label>
          {fam.relate}{' '}
          <select value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{fam.wholeFamily}</option>
            {family.members.map(({ id }) => (
              <option key={id} value={id}>
                {says.who(id)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="button quiet" onClick={() => put(tied(family, system.id, to || undefined).family)}>
          {fam.addTie}
        </button>
      </div>
      <p className="row wrap">
        {system.moved && (
          <button
            type="button"
            className="button quiet"
            onClick={() =>
              put({
                ...family,
                systems: family.systems.map(({ moved, ...one }) => (one.id === system.id ? one : { ...one, ...(moved && { moved }) })),
              })
            }
          >
            {fam.putBack}
          </button>
        )}
        <button type="button" className="button quiet" onClick={() => (put(systemRemoved(family, system.id)), leave())}>
          {fam.remove}
        </button>
      </p>
    </>
  )
}

const FIELDS = {
  parents: ['parent', 'child', 'kind'],
  couples: ['a', 'b', 'kind', 'from', 'until'],
  bonds: ['from', 'to', 'kind', 'oneWay'],
  ties: ['member', 'strength', 'flow'],
} as const

function ChosenRelations({ keys, editing: { family, put }, says, leave }: Props & { keys: readonly string[] }) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const found = keys.flatMap((key) => relationAt(family, key) ?? [])
  return (
    <>
      <h2>
        {fam.chosen}: {found.length > 1 ? fam.relations : fam.relation}
      </h2>
      {found.map(({ list, at }) => (
        <fieldset key={`${list}${at}`} className="sub">
          <legend>{sayRelation(family, list, at, says)}</legend>
          {FIELDS[list].map((name) => (
            <Field key={name} at={[list, at, name]} />
          ))}
          <button
            type="button"
            className="plain"
            aria-label={`${fam.remove}: ${sayRelation(family, list, at, says)}`}
            onClick={() => (put(relationRemoved(family, { list, at })), leave())}
          >
            {fam.remove}
          </button>
        </fieldset>
      ))}
    </>
  )
}

function sayRelation(family: FamilyDrawn, list: keyof typeof FIELDS, at: number, says: Says): string {
  if (list === 'parents') return says.parent(family.parents[at]!)
  if (list === 'couples') return says.couple(family.couples[at]!)
  return list === 'bonds' ? says.bond(family.bonds[at]!) : says.tie(family.ties[at]!)
}
