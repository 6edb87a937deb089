/**
 * One-time links: pages that people reach from a letter without signing in. One row per purpose; a new purpose is a row here and an act in
 * the service that writes the letter.
 */
import type { Text } from '@tirek/procedure/programme'
import { DAY } from '@tirek/procedure/time'
import { z } from 'zod'
import { Lang } from './roles.ts'

export type LinkPurposeRow = {
  /** `once`: its act is done once. `until`: as often as wanted until its instant. */
  works: 'once' | 'until'
  /** No link of this purpose lives longer, ms; it ends earlier when its own instant is earlier. */
  longest: number
  /** `{number}`: the number that stands in the letter. Nothing else of the letter is told. */
  title: Text
  ask: Text
  button: Text
  /** `{at}`: day and time of the act. */
  done: Text
  already: Text
  /** What it was about has come to its end: nothing is to be done any more. */
  closed: Text
  note: Text
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const LINK_PURPOSES = {
  /** CP-10: somebody has read a letter of the hour. It ends nothing and spares no step. */
  receipt: {
    works: 'once',
    // Over a weekend and the holidays beside it.
    longest: 7 * DAY,
    title: t('Срочное уведомление № {number}', '№ {number} шұғыл хабарлама', 'Urgent notice no. {number}'),
    ask: t(
      'Подтвердите, что вы прочитали это уведомление. Входить в систему для этого не нужно.',
      'Осы хабарламаны оқығаныңызды растаңыз. Ол үшін жүйеге кіру қажет емес.',
      'Confirm that you have read this notice. You need not sign in for this.',
    ),
    button: t('Прочитано', 'Оқылды', 'I have read it'),
    done: t('Подтверждено: {at}.', 'Расталды: {at}.', 'Confirmed: {at}.'),
    already: t('Уже подтверждено: {at}.', 'Бұрын расталған: {at}.', 'Confirmed already: {at}.'),
    closed: t(
      'Этот час уже закрыт: сделанное записано. Подтверждать ничего не нужно, спасибо.',
      'Бұл сағат жабылған: жасалғаны жазылды. Ештеңе растаудың қажеті жоқ, рақмет.',
      'This hour is closed already: what was done is recorded. There is nothing to confirm, thank you.',
    ),
    note: t(
      'Срок этим не закрывается: его закрывает только запись о том, что сделано.',
      'Бұл мерзімді жаппайды: оны тек жасалған істің жазбасы жабады.',
      'This does not end the term: only a record of what was done does.',
    ),
  },
} as const satisfies Record<string, LinkPurposeRow>
export type LinkPurpose = keyof typeof LINK_PURPOSES

/** What a link page may know. `unknown` has nothing beside it: whoever guesses learns nothing. */
export const LinkAnswer = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('unknown') }),
    z.strictObject({
      /** `done`: just now. `used`: before. `late`: its time has passed. `revoked`: taken back. `closed`: what it was about is over. */
      state: z.enum(['open', 'done', 'used', 'late', 'revoked', 'closed']),
      purpose: z.enum(Object.keys(LINK_PURPOSES) as [LinkPurpose, ...LinkPurpose[]]),
      number: z.string().regex(/^[\p{L}\d-]{1,40}$/u),
      lang: Lang,
      /** When it was used first, ms UTC. */
      usedAt: z.number().int().optional(),
    }),
  ])
  .meta({ id: 'LinkAnswer' })
export type LinkAnswer = z.infer<typeof LinkAnswer>

/** One person who was asked to confirm reading a letter of an hour. Never evidence. */
export const Receipt = z
  .strictObject({
    deadlineKey: z.string(),
    person: z.uuid(),
    roles: z.array(z.string()),
    /** When the first letter that asked was made, ms UTC. */
    askedAt: z.number().int(),
    confirmedAt: z.number().int().optional(),
  })
  .meta({ id: 'Receipt' })
export type Receipt = z.infer<typeof Receipt>
export const Receipts = z.strictObject({ items: z.array(Receipt) }).meta({ id: 'Receipts' })
export type Receipts = z.infer<typeof Receipts>
