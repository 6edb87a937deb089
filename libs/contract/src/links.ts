/**
 * One-time links: pages that people reach from a letter without signing in. One row per purpose; a new purpose is a row here and an act in
 * the service that writes the letter.
 */
import type { Text } from '@tirek/procedure/programme'
import { DAY } from '@tirek/procedure/time'
import { z } from 'zod'
import { MOST_FILES } from './forms/referral.ts'
import { REFERRAL_ANSWERS, REFERRAL_BODIES, REFERRAL_QUESTIONS } from './forms/referral-codes.ts'
import { oneOf } from './forms/fields.ts'
import { ANSWERS, Mail, MailAttachment } from './mails.ts'
import { Lang } from './roles.ts'

export type LinkPurposeRow = {
  /** `once`: its act is done once. `until`: as often as wanted until its instant. */
  works: 'once' | 'until'
  /** No link of this purpose lives longer, ms; it ends earlier when its own instant is earlier. */
  longest: number
  /** `{number}`: the number that stands in the letter. Nothing else of the letter is told. */
  title: Text
  ask: Text
  /** The one button; absent where the page has a form of its own. */
  button?: Text
  /** `{at}`: day and time of the act. */
  done: Text
  already: Text
  /** What it was about has come to its end: nothing is to be done any more. */
  closed?: Text
  note?: Text
  /** When its time has passed, and when it was taken back; else one is sent to the sign-in, which people without an account do not have. */
  late?: Text
  revoked?: Text
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
  /** CP-30: somebody without an account says whether they come, as often as wanted; the latest counts. It ends when the meeting begins. */
  answer: {
    works: 'until',
    // Reviews are called half a year ahead.
    longest: 400 * DAY,
    title: t('Придете ли вы на совещание?', 'Жиналысқа келесіз бе?', 'Will you come to the meeting?'),
    ask: t(
      'Нажмите одну из кнопок. Ответ можно изменить до начала: считается последний.',
      'Түймелердің бірін басыңыз. Жауапты басталғанға дейін өзгертуге болады: соңғысы есептеледі.',
      'Press one of the buttons. You can change your answer until it begins: the latest counts.',
    ),
    done: t('Ответ записан: {at}.', 'Жауап жазылды: {at}.', 'Your answer is noted: {at}.'),
    already: t('Ответ записан: {at}.', 'Жауап жазылды: {at}.', 'Your answer is noted: {at}.'),
    late: t(
      'Совещание уже началось или прошло, ответ по ссылке не принимается. Позвоните тому, кто приглашал.',
      'Жиналыс басталды немесе өтіп кетті, сілтеме бойынша жауап қабылданбайды. Шақырушыға қоңырау шалыңыз.',
      'The meeting has begun or is over, no answer is taken by link. Call whoever invited you.',
    ),
    revoked: t(
      'Отвечать больше не нужно: приглашение отозвано.',
      'Енді жауап берудің қажеті жоқ: шақыру қайтарып алынды.',
      'No answer is needed any more: the invitation was taken back.',
    ),
  },
  /** CP-34: somebody without an account has received the minutes. */
  'mail-receipt': {
    works: 'once',
    longest: 90 * DAY,
    title: t('Письмо № {number}', '№ {number} хат', 'Mail no. {number}'),
    ask: t(
      'Подтвердите, что вы получили протокол. Входить в систему для этого не нужно.',
      'Хаттаманы алғаныңызды растаңыз. Ол үшін жүйеге кіру қажет емес.',
      'Confirm that you have received the minutes. You need not sign in for this.',
    ),
    button: t('Протокол получен', 'Хаттама алынды', 'I have received the minutes'),
    done: t('Получение подтверждено: {at}.', 'Алынғаны расталды: {at}.', 'Receipt confirmed: {at}.'),
    already: t('Получение уже подтверждено: {at}.', 'Алынғаны бұрын расталған: {at}.', 'Receipt was confirmed already: {at}.'),
    late: t(
      'Время этой ссылки истекло. Позвоните тому, кто прислал письмо.',
      'Бұл сілтеменің уақыты өтті. Хат жіберушіге қоңырау шалыңыз.',
      'The time of this link has passed. Call whoever sent the mail.',
    ),
    revoked: t(
      'Эта ссылка отозвана: есть более новое письмо.',
      'Бұл сілтеме қайтарып алынды: жаңа хат бар.',
      'This link was taken back: there is a newer mail.',
    ),
  },
  /** CP-34: the minutes, for an address that may not receive files. Opens after the code that was told by phone or on paper. */
  file: {
    works: 'until',
    longest: 90 * DAY,
    title: t('Протокол, письмо № {number}', 'Хаттама, № {number} хат', 'Minutes, mail no. {number}'),
    ask: t(
      'Введите код, который вам сказали по телефону или дали на бумаге.',
      'Телефон арқылы айтылған немесе қағазда берілген кодты енгізіңіз.',
      'Enter the code that you were told by phone or given on paper.',
    ),
    done: t('Открыто: {at}.', 'Ашылды: {at}.', 'Opened: {at}.'),
    already: t('Открыто: {at}.', 'Ашылды: {at}.', 'Opened: {at}.'),
    late: t(
      'Время этой ссылки истекло. Позвоните тому, кто прислал письмо.',
      'Бұл сілтеменің уақыты өтті. Хат жіберушіге қоңырау шалыңыз.',
      'The time of this link has passed. Call whoever sent the mail.',
    ),
    revoked: t(
      'Эта ссылка отозвана: есть более новое письмо.',
      'Бұл сілтеме қайтарып алынды: жаңа хат бар.',
      'This link was taken back: there is a newer mail.',
    ),
  },
  /** CP-54: the body's secretary has received the packet of a referral. */
  'referral-receipt': {
    works: 'once',
    longest: 400 * DAY,
    title: t('Направление, письмо № {number}', 'Жолдама, № {number} хат', 'Referral, mail no. {number}'),
    ask: t(
      'Подтвердите, что направление получено. Входить в систему для этого не нужно.',
      'Жолдаманың алынғанын растаңыз. Ол үшін жүйеге кіру қажет емес.',
      'Confirm that the referral has arrived. You need not sign in for this.',
    ),
    button: t('Направление получено', 'Жолдама алынды', 'The referral has arrived'),
    done: t('Получение подтверждено: {at}.', 'Алынғаны расталды: {at}.', 'Receipt confirmed: {at}.'),
    already: t('Получение уже подтверждено: {at}.', 'Алынғаны бұрын расталған: {at}.', 'Receipt was confirmed already: {at}.'),
    late: t(
      'Время этой ссылки истекло. Позвоните тому, кто прислал письмо.',
      'Бұл сілтеменің уақыты өтті. Хат жіберушіге қоңырау шалыңыз.',
      'The time of this link has passed. Call whoever sent the mail.',
    ),
    revoked: t(
      'Подтверждать больше не нужно: направление отозвано или закончено.',
      'Енді растаудың қажеті жоқ: жолдама қайтарып алынды немесе аяқталды.',
      'There is nothing to confirm any more: the referral was taken back or has ended.',
    ),
  },
  /** CP-54: the packet, for an address that may not receive files. Opens after the code that was told by phone or on paper. */
  'referral-file': {
    works: 'until',
    longest: 400 * DAY,
    title: t('Пакет документов, письмо № {number}', 'Құжаттар топтамасы, № {number} хат', 'Packet, mail no. {number}'),
    ask: t(
      'Введите код, который вам сказали по телефону или дали на бумаге.',
      'Телефон арқылы айтылған немесе қағазда берілген кодты енгізіңіз.',
      'Enter the code that you were told by phone or given on paper.',
    ),
    done: t('Открыто: {at}.', 'Ашылды: {at}.', 'Opened: {at}.'),
    already: t('Открыто: {at}.', 'Ашылды: {at}.', 'Opened: {at}.'),
    late: t(
      'Время этой ссылки истекло. Позвоните тому, кто прислал письмо.',
      'Бұл сілтеменің уақыты өтті. Хат жіберушіге қоңырау шалыңыз.',
      'The time of this link has passed. Call whoever sent the mail.',
    ),
    revoked: t(
      'Эта ссылка больше не действует: есть более новое письмо, или направление отозвано.',
      'Бұл сілтеме енді жарамсыз: жаңа хат бар немесе жолдама қайтарып алынды.',
      'This link works no more: there is a newer mail, or the referral was taken back.',
    ),
  },
  /** CP-54: what the body answers. Once; while more is awaited the next mail brings the next link. */
  decision: {
    works: 'once',
    longest: 400 * DAY,
    title: t('Ответ на направление, письмо № {number}', 'Жолдамаға жауап, № {number} хат', 'Answer to a referral, mail no. {number}'),
    ask: t(
      'Выберите ответ, заполните то, что к нему относится, и отправьте. Входить в систему не нужно.',
      'Жауапты таңдап, оған қатысты өрістерді толтырып, жіберіңіз. Жүйеге кіру қажет емес.',
      'Choose the answer, fill in what belongs to it, and send. You need not sign in.',
    ),
    done: t('Ответ записан: {at}. Спасибо.', 'Жауап жазылды: {at}. Рақмет.', 'Your answer is noted: {at}. Thank you.'),
    already: t(
      'По этой ссылке уже ответили: {at}. Чтобы ответить еще раз, откройте ссылку из самого нового письма или позвоните.',
      'Бұл сілтеме бойынша бұрын жауап берілген: {at}. Тағы жауап беру үшін ең жаңа хаттағы сілтемені ашыңыз немесе қоңырау шалыңыз.',
      'This link was answered by already: {at}. To answer again open the link of the newest mail, or call.',
    ),
    closed: t(
      'Ответ больше не нужен: направление отозвано или решение уже записано.',
      'Енді жауап қажет емес: жолдама қайтарып алынды немесе шешім жазылған.',
      'No answer is needed any more: the referral was taken back, or the decision is noted.',
    ),
    late: t(
      'Время этой ссылки истекло. Позвоните тому, кто прислал письмо.',
      'Бұл сілтеменің уақыты өтті. Хат жіберушіге қоңырау шалыңыз.',
      'The time of this link has passed. Call whoever sent the mail.',
    ),
    revoked: t(
      'Эта ссылка больше не действует: направление отозвано, или есть более новое письмо со ссылкой.',
      'Бұл сілтеме енді жарамсыз: жолдама қайтарып алынды немесе сілтемесі бар жаңа хат келді.',
      'This link works no more: the referral was taken back, or there is a newer mail with a link.',
    ),
  },
} as const satisfies Record<string, LinkPurposeRow>
export type LinkPurpose = keyof typeof LINK_PURPOSES

/** The meeting that an answer is asked for, as it is now: what the mail said too. */
export const LinkMeeting = z
  .strictObject({
    ...Mail.shape.about.pick({
      caseNumber: true,
      organisationName: true,
      meetingKind: true,
      startsAt: true,
      endsAt: true,
      place: true,
      video: true,
      phone: true,
      was: true,
    }).shape,
    /** The answer that counts, however it came; a comment is not shown again. */
    answered: z.strictObject({ answer: z.enum(ANSWERS), at: z.number().int() }).optional(),
  })
  .meta({ id: 'LinkMeeting' })
export type LinkMeeting = z.infer<typeof LinkMeeting>

/** The referral that an answer is asked for: what the mail said too, and which answers this body can give now. */
export const LinkReferral = z
  .strictObject({
    caseNumber: z.string(),
    organisationName: z.string(),
    agencyName: z.string(),
    body: oneOf(REFERRAL_BODIES),
    question: oneOf(REFERRAL_QUESTIONS),
    dueDay: z.string().optional(),
    offered: z.array(oneOf(REFERRAL_ANSWERS)),
  })
  .meta({ id: 'LinkReferral' })
export type LinkReferral = z.infer<typeof LinkReferral>

/** A file that was taken before its answer was. */
export const HandedIn = z.strictObject({ id: z.uuid(), name: z.string().max(300), size: z.number().int() }).meta({ id: 'HandedIn' })
export type HandedIn = z.infer<typeof HandedIn>

/** What an act by link takes beside the token. */
export const LongestComment = 1_000
export const LinkUse = z
  .strictObject({
    /** Any text: a wrong one is unknown, not malformed, so that both are answered alike. */
    token: z.string().max(200),
    answer: z.enum(ANSWERS).optional(),
    comment: z.string().max(20_000).optional(),
    /** The beginning that the page showed, ms: an answer about another one is not noted. */
    shownAt: z.number().int().optional(),
  })
  .meta({ id: 'LinkUse' })
export type LinkUse = z.infer<typeof LinkUse>

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
      /** Only while an answer is asked for. */
      meeting: LinkMeeting.optional(),
      /** The same of a referral. */
      referral: LinkReferral.optional(),
      /** What is wrong with which field of the form (`file`: with the file that came with it). */
      issues: z.array(z.strictObject({ field: z.string(), code: z.string(), n: z.string().optional() })).optional(),
      /** Files that were taken with an answer that was not. */
      handedIn: z.array(HandedIn).optional(),
      /** A mail with a new link is on its way: more is awaited. */
      goesOn: z.boolean().optional(),
      /** Why none is asked for any more, when the meeting is the reason. */
      over: z.enum(['cancelled', 'not-held', 'taken-back']).optional(),
      /** Why it was taken back: the packet of the referral has gone on paper since. */
      instead: z.literal('paper').optional(),
      /** Why nothing was noted, though the link is open. `moved`: the meeting is at another time than the page had shown. */
      problem: z.enum(['moved', 'comment-too-long', 'choose', 'wrong-code', 'locked', 'no-file', 'not-whole']).optional(),
      /** Tries left for a code. */
      left: z.number().int().optional(),
    }),
  ])
  .meta({ id: 'LinkAnswer' })
export type LinkAnswer = z.infer<typeof LinkAnswer>

/** What a link to a file takes. */
export const LinkFileAsked = z
  .strictObject({
    token: z.string().max(200),
    /** As it was typed: spaces and dashes do not count. */
    code: z.string().max(40),
  })
  .meta({ id: 'LinkFileAsked' })
export type LinkFileAsked = z.infer<typeof LinkFileAsked>
/** An answer to a referral: the fields as they were typed, and a file. */
export const LinkDecision = z
  .strictObject({
    token: z.string().max(200),
    form: z.record(z.string().max(40), z.string().max(24_000)),
    /** Taken with an earlier try. */
    handedIn: z.array(HandedIn).max(MOST_FILES).default([]),
    file: z
      .strictObject({ name: z.string().max(300), claimed: z.string().max(200).optional(), content: z.string().max(14_000_000) })
      .optional(),
  })
  .meta({ id: 'LinkDecision' })
export type LinkDecision = z.infer<typeof LinkDecision>

/** `file` is there when the code was right. */
export const LinkFile = z.strictObject({ answer: LinkAnswer, file: MailAttachment.optional() }).meta({ id: 'LinkFile' })
export type LinkFile = z.infer<typeof LinkFile>

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
