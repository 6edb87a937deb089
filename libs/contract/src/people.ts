/** Who works where, who stands in for whom, and what an organisation sets for itself. */
import { z } from 'zod'
import { DayField, Line, Uuid, Words } from './forms/fields.ts'
import { Lang, Role } from './roles.ts'

/** Minutes of the local day. */
const MinuteOfDay = z.number().int().min(0).max(1440)
/** An address that a mail server takes: parts of its host end in no hyphen, and no part is longer than the protocol lets it be. */
export const Email = z
  .email()
  .max(254)
  .refine((email) => {
    const [local = '', host = ''] = email.split('@')
    return local.length <= 64 && host.split('.').every((part) => part.length <= 63 && !part.endsWith('-'))
  }, 'format')
/** E.164 */
export const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/)
export const Territory = z.string().trim().min(1).max(120)
export const PersonLogin = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,59}$/)

const organisation = {
  name: z.strictObject({ ru: Line, kk: Line, en: Line }),
  /** Case numbers begin with it: `<prefix>-<year>-<n>`. */
  prefix: z.string().regex(/^[A-ZА-ЯӘҒҚҢӨҰҮҺІЁ0-9]{1,8}$/u),
  territory: Territory,
  head: Uuid.nullish(),
  /** Told after the supervisor (+60 minutes of the hour). */
  nextInLine: Uuid.nullish(),
  /** Of everybody who has no supervisor of their own. */
  supervisor: Uuid.nullish(),
  worksFrom: MinuteOfDay,
  worksTo: MinuteOfDay,
}
export const NewOrganisation = z
  .strictObject({ ...organisation, worksFrom: MinuteOfDay.default(540), worksTo: MinuteOfDay.default(1080) })
  .meta({ id: 'NewOrganisation' })
export type NewOrganisation = z.infer<typeof NewOrganisation>
export const OrganisationChange = z.strictObject(organisation).partial().meta({ id: 'OrganisationChange' })
export type OrganisationChange = z.infer<typeof OrganisationChange>
export const Organisation = z.strictObject({ id: Uuid, ...organisation }).meta({ id: 'Organisation' })
export type Organisation = z.infer<typeof Organisation>

const person = {
  login: PersonLogin,
  name: Line,
  role: Role,
  organisation: Uuid.nullish(),
  email: Email.nullish(),
  phone: Phone.nullish(),
  lang: Lang,
  /** Day-level reminders of a morning in one letter. */
  digest: z.boolean(),
  active: z.boolean(),
  supervisor: Uuid.nullish(),
}
export const NewPerson = z
  .strictObject({ ...person, lang: Lang.default('ru'), digest: z.boolean().default(true), active: z.boolean().default(true) })
  .meta({ id: 'NewPerson' })
export type NewPerson = z.infer<typeof NewPerson>
export const PersonChange = z.strictObject(person).omit({ login: true }).partial().meta({ id: 'PersonChange' })
export type PersonChange = z.infer<typeof PersonChange>
export const MyChange = z.strictObject({ lang: Lang, digest: z.boolean() }).partial().meta({ id: 'MyChange' })
export type MyChange = z.infer<typeof MyChange>
export const Person = z.strictObject({ id: Uuid, ...person }).meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

export const NewAbsence = z
  .strictObject({ person: Uuid, fromDay: DayField, toDay: DayField, deputy: Uuid.nullish() })
  .superRefine((absence, context) => {
    if (absence.toDay < absence.fromDay) context.addIssue({ code: 'custom', path: ['toDay'], message: 'invalid' })
    if (absence.deputy === absence.person) context.addIssue({ code: 'custom', path: ['deputy'], message: 'invalid' })
  })
  .meta({ id: 'NewAbsence' })
export type NewAbsence = z.infer<typeof NewAbsence>
export const Absence = z
  .strictObject({ id: Uuid, person: Uuid, fromDay: DayField, toDay: DayField, deputy: Uuid.nullish() })
  .meta({ id: 'Absence' })
export type Absence = z.infer<typeof Absence>

/** Who is on duty from a day on; position 1 is asked first, all of them are the duty list. */
export const NewDuty = z
  .strictObject({
    organisation: Uuid,
    person: Uuid,
    fromDay: DayField,
    toDay: DayField.nullish(),
    position: z.number().int().min(1).max(50),
  })
  .refine((duty) => !duty.toDay || duty.toDay >= duty.fromDay, { path: ['toDay'], message: 'invalid' })
  .meta({ id: 'NewDuty' })
export type NewDuty = z.infer<typeof NewDuty>
export const Duty = z
  .strictObject({ id: Uuid, organisation: Uuid, person: Uuid, fromDay: DayField, toDay: DayField.nullish(), position: z.number().int() })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof Duty>

/** A term that the text leaves to the organisation. */
export const Setting = z
  .strictObject({
    term: z.string(),
    rule: z.string(),
    unit: z.enum(['workingDays', 'days', 'months', 'cases', 'switch']),
    standard: z.number(),
    least: z.number(),
    most: z.number(),
    text: z.strictObject({ ru: z.string(), kk: z.string(), en: z.string() }),
    value: z.number(),
  })
  .meta({ id: 'Setting' })
export type Setting = z.infer<typeof Setting>
export const SettingChange = z
  .strictObject({
    organisation: Uuid,
    term: z.string().max(60),
    /** Absent: back to the standard. */ value: z.number().int().min(0).max(400).nullable(),
  })
  .meta({ id: 'SettingChange' })
export type SettingChange = z.infer<typeof SettingChange>

export const NewCalendar = z
  .strictObject({
    version: z.string().regex(/^[a-z0-9][a-z0-9-]{1,30}$/),
    holidays: z.array(DayField).max(2000),
    workingWeekends: z.array(DayField).max(500),
  })
  .meta({ id: 'NewCalendar' })
export type NewCalendar = z.infer<typeof NewCalendar>
export const CalendarVersion = z
  .strictObject({ version: z.string(), holidays: z.array(z.string()), workingWeekends: z.array(z.string()), current: z.boolean() })
  .meta({ id: 'CalendarVersion' })
export type CalendarVersion = z.infer<typeof CalendarVersion>

/** RS-01: strict quarantine of a territory, by a document. */
export const NewQuarantine = z
  .strictObject({ territory: Territory, fromDay: DayField, toDay: DayField.nullish(), document: Words })
  .refine((mode) => !mode.toDay || mode.toDay >= mode.fromDay, { path: ['toDay'], message: 'invalid' })
  .meta({ id: 'NewQuarantine' })
export type NewQuarantine = z.infer<typeof NewQuarantine>
export const QuarantineEnd = z.strictObject({ toDay: DayField }).meta({ id: 'QuarantineEnd' })
export type QuarantineEnd = z.infer<typeof QuarantineEnd>
export const Quarantine = z
  .strictObject({ id: Uuid, territory: Territory, fromDay: DayField, toDay: DayField.nullish(), document: Words })
  .meta({ id: 'Quarantine' })
export type Quarantine = z.infer<typeof Quarantine>
