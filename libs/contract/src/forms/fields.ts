/** The kinds of fields every form is made of. Captions stand with the field: official Russian ones first, Kazakh and English added. */
import { z } from 'zod'

/** Gives a field its captions, and its rule where it has one; they travel into the JSON schema and so to every page, print and error. */
export const field = <S extends z.ZodType>(schema: S, ru: string, kk: string, en: string, rule?: string): S =>
  schema.meta({ title: ru, kk, en, ...(rule && { rule }) }) as S

const keepable = (text: string) => !text.includes('\0') && text.isWellFormed()

/** One line. */
export const Line = z.string().trim().min(1).max(300).refine(keepable, 'zero-byte')
/** As long as a person writes. */
export const Words = z.string().trim().min(1).max(20_000).refine(keepable, 'zero-byte')
export const Uuid = z.uuid()
/** `YYYY-MM-DD`, a day that exists and that people may mean: a slip of the pen (0206, 20266) is no day to count from. */
export const DayField = z.iso.date().refine((day) => day >= '1900-01-01' && day < '2200-01-01', 'format')
/** ISO 8601 with its zone: `2026-11-24T14:05:00+05:00`. */
export const Moment = z.iso.datetime({ offset: true }).refine((moment) => moment >= '2000' && moment < '2200', 'format')
export const msOf = (moment: string): number => Date.parse(moment)

/** A choice of a table's keys. */
export const oneOf = <K extends string>(table: Readonly<Record<K, unknown>>) => z.enum(Object.keys(table) as [K, ...K[]])

export const PersonNamed = z.strictObject({
  name: field(Line, 'Имя', 'Аты-жөні', 'Name'),
  position: field(Line, 'Должность', 'Лауазымы', 'Position').optional(),
  person: field(Uuid, 'Человек системы', 'Жүйедегі адам', 'Person of the system').optional(),
})
