/** An example of every act of a meeting: read by people in the published description, and by tests. One forgotten does not compile. */
import type { z } from 'zod'
import type { MEETING_ACTS, MeetingActKind } from '../meetings.ts'
import type { MeetingCalledInput } from '../forms/meeting.ts'
import { ID } from './intake.ts'

const INVITEE = '0198f0a0-0000-7000-8000-000000000101'
const OTHER = '0198f0a0-0000-7000-8000-000000000102'

export const MEETING_CALLED: MeetingCalledInput = {
  caseId: '0198f0a0-0000-7000-8000-000000000100',
  kind: 'interagency',
  agenda: ['Помощь семье с жильем', 'Кто и когда посещает'],
  place: 'Поликлиника № 1, кабинет 214',
  startsAt: '2026-12-10T15:00:00+05:00',
  endsAt: '2026-12-10T16:30:00+05:00',
  agreement: { supervisor: ID.worker, day: '2026-11-24' },
  phone: '+77015550001',
  invitees: [
    { who: 'agency', agency: '0198f0a0-0000-7000-8000-000000000103', role: 'социальная защита', needed: true },
    { who: 'person', person: ID.nurse, role: 'патронажная медсестра' },
    { who: 'family', name: 'Роза Ахметова', phone: '+77015550008', lang: 'kk', role: 'бабушка' },
  ],
}

const content = {
  attendance: [
    { invitee: INVITEE, came: true },
    { invitee: OTHER, came: false },
  ],
  needs: ['Постоянное жилье'],
  measures: [{ action: 'Оформить пособие', invitee: INVITEE, due: '2026-12-20' }],
  dissent: [{ invitee: INVITEE, reasons: 'Семья справится при поддержке', demands: 'birth-family' as const }],
  next: { startsAt: '2027-01-14T15:00:00+05:00', endsAt: '2027-01-14T16:00:00+05:00' },
}
const time = { startsAt: '2026-12-14T15:00:00+05:00', endsAt: '2026-12-14T16:30:00+05:00' }

export const MEETING_FORMS: { [K in MeetingActKind]: z.input<(typeof MEETING_ACTS)[K]['form']> } = {
  confirmed: { ...time, place: 'Поликлиника № 1', agenda: ['Что сделано с прошлой встречи'] },
  moved: { ...time, place: 'Поликлиника № 1', reason: 'Полиция не может в этот день' },
  cancelled: { reason: 'Семья переехала' },
  invited: { invitee: { who: 'family', name: 'Роза Ахметова', email: 'roza@example.org', role: 'бабушка' } },
  uninvited: { invitee: INVITEE },
  answered: { invitee: INVITEE, answer: 'accepted', comment: 'Придет с отчетом' },
  'mail-answered': { mail: OTHER, invitee: INVITEE, answer: 'declined', comment: 'Не сможет, позвонит' },
  'mail-set-aside': { mail: OTHER },
  'not-held': { reason: 'Никто не пришел', next: time },
  held: { heldAt: '2026-12-10T15:00:00+05:00', ...content },
  'protocol-written': content,
  'protocol-approved': {},
  'protocol-corrected': { ...content, changed: 'Исправлен срок первой меры' },
  'protocol-handed': { invitee: OTHER, way: 'paper', day: '2026-12-11' },
}
