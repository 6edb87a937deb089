/** RT-10: what referrals hold on the child and the family, for the export that the cases service makes of a case. */
import type { HeldReferral } from '@tirek/contract/referrals'
import { sqlOf, type Store } from '@tirek/proceedings/store'
import type { Replies } from '../answers/replies.service.ts'

/** All referrals of the case, the oldest first, with what their bodies replied by mail. Throws `unavailable`: an export holds all or is not made. */
export async function heldOf(work: Store, replies: Pick<Replies, 'to'>, caseId: string): Promise<HeldReferral[]> {
  const rows = await work.asItself((tx) =>
    sqlOf(tx)(
      `SELECT r.id, jsonb_strip_nulls(jsonb_build_object('body', r.body, 'question', r.question, 'state', r.state, 'preparedAt', r.prepared_at, 'addressee', r.addressee->>'name',
          'letter', r.letter, 'demands', r.demands,
          'documents', (SELECT coalesce(jsonb_agg(d.one - 'file' || jsonb_build_object('name', f.name, 'sha256', f.sha256) ORDER BY d.n), '[]')
            FROM jsonb_array_elements(r.documents) WITH ORDINALITY AS d(one, n) JOIN referrals.file f ON f.id = (d.one->>'file')::uuid),
          'outOfOrder', r.out_of_order, 'reason', r.reason,
          'sendings', (SELECT coalesce(jsonb_agg(jsonb_build_object('n', s.n, 'way', s.way, 'at', s.at, 'number', s.number) ORDER BY s.n), '[]') FROM referrals.sending s WHERE s.referral = r.id),
          'answers', (SELECT coalesce(jsonb_agg(jsonb_build_object('n', a.n, 'at', a.at, 'content', a.content) ORDER BY a.n), '[]') FROM referrals.answer a WHERE a.referral = r.id)
        )) AS held FROM referrals.referral r WHERE r.case_id = $1 ORDER BY r.prepared_at, r.id`,
      [caseId],
    ),
  )
  const held: HeldReferral[] = []
  for (const { id, held: one } of rows) {
    const came = await replies.to(id as string)
    held.push({ ...(one as Omit<HeldReferral, 'replies'>), replies: came.toReversed().map(({ id: _, bytes: __, ...said }) => said) })
  }
  return held
}
