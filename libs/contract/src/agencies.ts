/** The book of agencies: partners by territory (CP-93), the commissions (CP-56), and whom to write to there. */
import { z } from 'zod'
import { AGENCY_KINDS } from './agency-codes.ts'
import { field, Line, Uuid } from './forms/fields.ts'
import { Email, Phone, Territory } from './people.ts'
import { Lang } from './roles.ts'

export const AgencyKind = z
  .enum(Object.keys(AGENCY_KINDS) as [keyof typeof AGENCY_KINDS, ...(keyof typeof AGENCY_KINDS)[]])
  .meta({ id: 'AgencyKind' })
export type AgencyKind = z.infer<typeof AgencyKind>

export const MOST_CONTACTS = 30

const contact = {
  name: field(Line, 'Контактное лицо', 'Байланыс тұлғасы', 'Contact'),
  position: field(Line.nullish(), 'Должность', 'Лауазымы', 'Position'),
  email: field(Email.nullish(), 'Эл. почта', 'Эл. пошта', 'Email'),
  phone: field(Phone.nullish(), 'Телефон', 'Телефон', 'Phone'),
  /** Language of the letters. */
  lang: field(Lang, 'Язык писем', 'Хат тілі', 'Language of letters'),
}
/** With the id of a contact that is known it is that one; its mark stays while its address does. */
export const NewContact = z.strictObject({ id: Uuid.optional(), ...contact, lang: contact.lang.default('ru') }).meta({ id: 'NewContact' })
export type NewContact = z.infer<typeof NewContact>
export const Contact = z
  .strictObject({
    id: Uuid,
    ...contact,
    /** Files of a case may be attached to letters to this address; else they go as a link that opens with a code. */
    mayReceiveFiles: z.boolean(),
    markedBy: Uuid.nullable(),
    /** ms UTC */
    markedAt: z.number().int().nullable(),
  })
  .meta({ id: 'Contact' })
export type Contact = z.infer<typeof Contact>

const agency = {
  kind: field(AgencyKind, 'Вид', 'Түрі', 'Kind'),
  territory: field(Territory, 'Территория', 'Аумақ', 'Territory'),
  name: field(Line, 'Ведомство', 'Ведомство', 'Agency'),
  /** The part of it that is turned to. */
  service: field(Line.nullish(), 'Служба', 'Қызмет', 'Service'),
  /** CP-56: the document by which the commission on minors takes these questions. */
  powers: field(Line.nullish(), 'Документ о полномочиях', 'Өкілеттік құжаты', 'Document of powers'),
}
export const NewAgency = z
  .strictObject({ ...agency, contacts: z.array(NewContact).max(MOST_CONTACTS).default([]) })
  .superRefine(({ contacts }, context) => {
    const seen = new Set<string>()
    for (const [at, { id, email }] of contacts.entries())
      for (const [name, value] of Object.entries({ id, email: email?.toLowerCase() })) {
        if (value && seen.has(value)) context.addIssue({ code: 'custom', path: ['contacts', at, name], message: 'twice' })
        if (value) seen.add(value)
      }
  })
  .meta({ id: 'NewAgency' })
export type NewAgency = z.infer<typeof NewAgency>
/** The first contact is the one to turn to; of a commission its secretary. */
export const Agency = z.strictObject({ id: Uuid, ...agency, contacts: z.array(Contact) }).meta({ id: 'Agency' })
export type Agency = z.infer<typeof Agency>

/** May files go to this address? It is named, so that nobody marks another one than they see. */
export const FilesMark = z.strictObject({ email: Email, may: z.boolean() }).meta({ id: 'FilesMark' })
export type FilesMark = z.infer<typeof FilesMark>

/** A line of the table: an agency with one of its contacts, or with none. */
export const AgencyLine = z.strictObject({
  ...agency,
  contact: contact.name.nullish(),
  position: contact.position,
  email: contact.email,
  phone: contact.phone,
  lang: contact.lang.nullish(),
  files: field(z.boolean(), 'Файлы можно', 'Файл жіберуге болады', 'Files allowed').default(false),
})
export type AgencyLine = z.infer<typeof AgencyLine>
export const AGENCY_COLUMNS = Object.keys(AgencyLine.shape) as (keyof AgencyLine)[]

/** The text of a table: `;`, `,` or tabs between cells, the first line names the columns in any of our languages. */
export const AgencyTable = z.strictObject({ csv: z.string().min(1).max(900_000) }).meta({ id: 'AgencyTable' })
export type AgencyTable = z.infer<typeof AgencyTable>
/** What an import did, in agencies; `unmarked`: addresses that changed and must be marked anew. */
export const AgenciesImported = z
  .strictObject({ added: z.number().int(), changed: z.number().int(), same: z.number().int(), unmarked: z.number().int() })
  .meta({ id: 'AgenciesImported' })
export type AgenciesImported = z.infer<typeof AgenciesImported>
