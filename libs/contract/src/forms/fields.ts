/** The kinds of fields every form is made of. Captions stand with the field: official Russian ones first, Kazakh and English added. */
import { z } from 'zod'

/** Gives a field its captions; they travel into the JSON schema and so to every page and print. */
export const field = <S extends z.ZodType>(schema: S, ru: string, kk: string, en: string): S => schema.meta({ title: ru, kk, en }) as S

const keepable = (text: string) => !text.includes('\0') && text.isWellFormed()

/** One line. */
export const Line = z.string().trim().min(1).max(300).refine(keepable, 'zero-byte')
/** As long as a person writes. */
export const Words = z.string().trim().min(1).max(20_000).refine(keepable, 'zero-byte')
export const Uuid = z.uuid()
/** `YYYY-MM-DD`, a day that exists. */
export const DayField = z.iso.date()
/** ISO 8601 with its zone: `2026-11-24T14:05:00+05:00`. */
export const Moment = z.iso.datetime({ offset: true })
export const msOf = (moment: string): number => Date.parse(moment)

/** A choice of a table's keys. */
export const oneOf = <K extends string>(table: Readonly<Record<K, unknown>>) => z.enum(Object.keys(table) as [K, ...K[]])

export const PersonNamed = z.strictObject({
  name: field(Line, 'Имя', 'Аты-жөні', 'Name'),
  position: field(Line, 'Должность', 'Лауазымы', 'Position').optional(),
  person: Uuid.optional(),
})
