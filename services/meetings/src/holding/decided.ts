/** What a meeting decided, for the referral that follows from it (CP-54, CP-58): its reasoned demands and the protocol that stands. */
import type { MeetingDecided } from '@tirek/contract/referrals'
import { sqlOf, type Store } from '@tirek/proceedings/store'
import { load } from '../record/loaded.ts'

/** Nothing where this case has no such meeting, or it was not held. */
export const decidedBy = (work: Store, meetingId: string, caseId: string): Promise<MeetingDecided | undefined> =>
  work.asItself(async (tx) => {
    const loaded = await load(tx, meetingId)
    const { meeting, protocol, invitees } = loaded ?? {}
    if (meeting?.caseId !== caseId || meeting.heldAt === null || !protocol) return undefined
    const { content } = protocol
    const files = await sqlOf(tx)('SELECT id, name, type, sha256, size FROM meetings.protocol_file WHERE meeting = $1 AND version = $2', [
      meetingId,
      protocol.version,
    ])
    return {
      meeting: meetingId,
      heldAt: meeting.heldAt,
      ...(content.decision && { decision: content.decision }),
      toCommission: content.toCommission,
      pmpk: content.pmpk,
      // A draft is not what was said yet.
      demands: (protocol.number === null ? [] : content.dissent).flatMap(({ invitee, demands, reasons }) => {
        const one = invitees?.find(({ id }) => id === invitee)
        return demands && one ? [{ who: [one.name, one.role].join(', ').slice(0, 300), demands, reasons }] : []
      }),
      ...(protocol.number && {
        protocol: { number: protocol.number, version: protocol.version, files: files as NonNullable<MeetingDecided['protocol']>['files'] },
      }),
    }
  })
