/** RT-10: what meetings hold on the child and the family, for the export that the cases service makes of a case. */
import type { HeldMeeting } from '@tirek/contract/meetings'
import { sqlOf, type Store } from '@tirek/proceedings/store'

/** All meetings of the case, the oldest first. Of people who are no family their name and role alone: how to reach them is theirs. */
export const heldOf = (work: Store, caseId: string): Promise<HeldMeeting[]> =>
  work.asItself(async (tx) => {
    const rows = await sqlOf(tx)(
      `SELECT m.kind, m.state, m.starts_at AS "startsAt", m.place, m.video, m.phone, m.agenda, m.reason,
        (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', i.id, 'who', i.who, 'name', i.name, 'organisation', i.organisation_name, 'role', i.role,
            'email', CASE WHEN i.who = 'family' THEN i.email END, 'phone', CASE WHEN i.who = 'family' THEN i.phone END,
            'answers', (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('answer', a.answer, 'by', a.by, 'at', a.at, 'comment', CASE WHEN i.who = 'family' THEN a.comment END)) ORDER BY a.at), '[]') FROM meetings.answer a WHERE a.invitee = i.id),
            'mails', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'state', l.state, 'at', l.asked_at) ORDER BY l.asked_at), '[]') FROM meetings.mail l WHERE l.invitee = i.id AND i.who = 'family')
          )) ORDER BY i.position), '[]') FROM meetings.invitee i WHERE i.meeting = m.id) AS invitees,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('version', p.version, 'number', p.number, 'at', coalesce(p.approved_at, p.written_at), 'changed', p.changed, 'content', p.content) ORDER BY p.version), '[]') FROM meetings.protocol p WHERE p.meeting = m.id) AS protocols,
        (SELECT count(*)::int FROM meetings.unmatched u WHERE u.meeting = m.id) AS unmatched
      FROM meetings.meeting m WHERE m.case_id = $1 ORDER BY m.starts_at, m.id`,
      [caseId],
    )
    return rows.map((row) => ({ ...row, startsAt: Number(row['startsAt']) })) as unknown as HeldMeeting[]
  })
