/** What an answer of the body does to its referral (CP-54, CP-57), whoever wrote it down. */
import type { ReferralAnswerForm } from '@tirek/contract/forms/referral'
import { RECOMMENDED_FORMS, REFERRAL_ANSWERS } from '@tirek/contract/forms/referral-codes'
import { answersOf } from '@tirek/procedure/referrals/order'
import { dayOf } from '@tirek/procedure/time'
import type { Told } from '@tirek/proceedings/outbox'
import { In, type EntityManager } from 'typeorm'
import { actFor } from '../record/act-for.ts'
import type { Loaded } from '../record/loaded.ts'
import { AnswerEntity, FileEntity } from '../record/parts.entities.ts'
import type { ReferralEntity } from '../record/referral.entity.ts'
import { badField, become } from '../record/state.ts'

export type Given = {
  key: string
  content: ReferralAnswerForm
  /** When they answered. */
  at: number
  now: number
  /** Who wrote it down; absent: the body itself, by its link. */
  person?: string
}

/** Where the fields of the form stand in what was sent. */
type At = readonly string[]

/** Throws where this body cannot answer so. Returns what the case is to learn. */
export async function take(tx: EntityManager, loaded: Loaded, given: Given, at: At): Promise<Told[]> {
  const { referral, answers } = loaded
  const { content, now, person } = given
  const { answer, newDay, files } = content
  if (!answersOf(referral.body, referral.question).includes(answer)) throw badField([...at, 'answer'], 'not-of-body')
  if (answer === 'postponed' && newDay! <= dayOf(now)) throw badField([...at, 'newDay'], 'in-past')
  if (answer === 'recommended' && referral.body === 'commission' && !content.recommended) throw badField([...at, 'recommended'], 'required')
  if (files.length > 0) {
    const known = await tx.count(FileEntity, { where: { id: In(files), referral: referral.id, of: 'answer' } })
    if (known !== new Set(files).size) throw badField([...at, 'files'], 'not-of-case')
  }
  const row: AnswerEntity = {
    ...{ key: given.key, referral: referral.id, caseId: referral.caseId, n: answers.length + 1, by: person ? 'person' : 'link' },
    ...{ at: given.at, recordedAt: now, recordedBy: person ?? null, content },
  }
  await tx.insert(AnswerEntity, row)
  answers.push(row)
  change(referral, content, now)
  const known = OF_THE_CASE[answer]
  return known
    ? [
        actFor(
          referral,
          {
            kind: 'referral-answered',
            form: {
              referral: referral.id,
              answer: known,
              ...(newDay && answer === 'postponed' && { newDay }),
              text: wordsOf(content, person),
            },
            happenedAt: given.at,
          },
          person,
        ),
      ]
    : []
}

/** What the case calls it; the rest leaves its deadline as it is. */
const OF_THE_CASE = {
  received: undefined,
  'more-asked-for': undefined,
  postponed: 'postponed',
  recommended: 'recommended',
  returned: 'returned',
  decided: 'decided',
} as const

function change(referral: ReferralEntity, { answer, newDay, decision, placement }: ReferralAnswerForm, now: number): void {
  referral.receivedAt ??= now
  // That they have it says nothing new of one that waits for something else.
  if (answer === 'received') return referral.state === 'sent' ? become(referral, 'received', now) : undefined
  become(referral, answer, now)
  if (answer === 'postponed') referral.dueDay = newDay!
  if (answer === 'decided' && decision !== 'refused' && (placement || referral.question !== 'longer-stay')) referral.placement = 'waiting'
}

/** Stands first in the text too: a print shows it without the origin of the act. */
const BY_LINK = 'По ссылке из письма, записано системой'

/** What is kept in the case: how it was answered, by whom. `person`: who of ours wrote it down. */
function wordsOf(
  { answer, recommended, decision: _, documentNumber, documentDay, reasons, text, name, position }: ReferralAnswerForm,
  person: string | undefined,
): string {
  return [
    person === undefined && BY_LINK,
    REFERRAL_ANSWERS[answer].ru,
    recommended && RECOMMENDED_FORMS[recommended].ru,
    [documentNumber, documentDay].filter(Boolean).join(', '),
    reasons,
    text,
    [name, position].filter(Boolean).join(', '),
  ]
    .filter(Boolean)
    .join('\n')
}
