// Two meetings of the demo, called and held through the public API: invited are addresses that may receive files and such that may not.
import { setTimeout as pause } from 'node:timers/promises'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** One is held while the demo is filled in: it begins so long after it was called. Its invitations go out before. */
const BEGINS_AFTER = 6_000

/** Which kinds of agencies are asked: of these `guardianship-body` and `social-protection` may receive files. */
const ASKED = ['guardianship-body', 'social-protection', 'education', 'police']
const ROLES = { 'guardianship-body': 'опека', 'social-protection': 'социальная защита', education: 'школа', police: 'полиция' }

/** Monday to Friday at 15:00 of the place, `days` from now or the Monday after. */
function afternoonAfter(now, days) {
  const at = new Date(now + 5 * HOUR + days * DAY)
  while (at.getUTCDay() === 0 || at.getUTCDay() === 6) at.setUTCDate(at.getUTCDate() + 1)
  return at.setUTCHours(10, 0, 0, 0)
}
const iso = (at) => new Date(at).toISOString()
const span = (at) => ({ startsAt: iso(at), endsAt: iso(at + HOUR) })

/**
 * `cases`: ids by the name of the child. `ask(login, method, path, body, key)` at the door of meetings. What an earlier start that was killed has
 * done is left as it is and gone on with.
 * @param {{ ask: Function, agenciesOf: (territory: string) => Promise<{ id: string, kind: string }[]>, cases: Map<string, { id: string, number: string }>, now: number }} world
 */
export async function fillMeetings({ ask, agenciesOf, cases, now }) {
  await callOne({ ask, agencies: await agenciesOf('Жарқынқала'), of: cases.get('Ерасыл Бозторғай'), now })
  await holdOne({ ask, agencies: await agenciesOf('Тұнықсу'), of: cases.get('Алихан Көлбай') })
}

const invitees = (agencies, family) => [
  ...ASKED.map((kind) => ({
    who: 'agency',
    agency: agencies.find((one) => one.kind === kind).id,
    role: ROLES[kind],
    needed: kind === 'guardianship-body',
  })),
  family,
]

/** Supervisors call without anybody's agreement. */
async function callOne({ ask, agencies, of, now }) {
  const { items } = await ask('marat', 'GET', `/api/meetings?caseId=${of.id}`)
  if (items.length > 0) return
  await ask(
    'marat',
    'POST',
    '/api/meetings',
    {
      caseId: of.id,
      kind: 'interagency',
      agenda: ['Жилье и документы семьи', 'Кто и когда посещает семью', 'Дневной центр с января'],
      place: 'Поликлиника «Жарқын», кабинет 214',
      phone: '+77000001000',
      ...span(afternoonAfter(now, 6)),
      invitees: invitees(agencies, { who: 'family', name: 'Кәмшат Бозторғай', phone: '+77000002009', lang: 'kk', role: 'бабушка' }),
    },
    `demo-meeting-${of.number}`,
  )
}

/** Held with a protocol that is approved; the next one is a draft. */
async function holdOne({ ask, agencies, of }) {
  const act = (meeting, kind, form) =>
    ask('nurlan', 'POST', `/api/meetings/${meeting.id}/${kind}`, { version: meeting.version, form }, `demo-${kind}-${meeting.id}`)
  const { items } = await ask('nurlan', 'GET', `/api/meetings?caseId=${of.id}`)
  const known = items.find((one) => !['draft', 'cancelled'].includes(one.state))
  let meeting = known
    ? await ask('nurlan', 'GET', `/api/meetings/${known.id}`)
    : await ask(
        'nurlan',
        'POST',
        '/api/meetings',
        {
          caseId: of.id,
          kind: 'interagency',
          agenda: ['Как идет жизнь в патронатной семье', 'Встречи с матерью', 'Дата следующего совещания'],
          place: 'Поликлиника «Тұнық», кабинет 3',
          ...span(Date.now() + BEGINS_AFTER),
          invitees: invitees(agencies, {
            who: 'family',
            name: 'Ботагөз Көлбай',
            email: 'botagoz@family.example',
            lang: 'kk',
            role: 'мать',
          }),
        },
        `demo-meeting-${of.number}`,
      )
  if (meeting.state === 'called') {
    const answers = ['accepted', 'accepted', 'declined']
    for (const [n, answer] of answers.entries())
      meeting = await ask(
        'nurlan',
        'POST',
        `/api/meetings/${meeting.id}/answered`,
        { version: meeting.version, form: { invitee: meeting.invitees[n].id, answer } },
        `demo-answer-${n}-${meeting.id}`,
      )
    await pause(Math.max(0, meeting.startsAt - Date.now()) + 500)
    meeting = await act(meeting, 'held', {
      heldAt: iso(meeting.startsAt),
      attendance: meeting.invitees.map(({ id, who }, n) => ({ invitee: id, came: n < 2 || who === 'family' })),
      needs: ['Постоянная связь с матерью', 'Место в детском саду'],
      measures: [
        { action: 'Согласовать дни встреч с матерью', invitee: meeting.invitees[0].id, due: iso(meeting.startsAt + 10 * DAY).slice(0, 10) },
        {
          action: 'Оформить пособие патронатной семье',
          invitee: meeting.invitees[1].id,
          due: iso(meeting.startsAt + 20 * DAY).slice(0, 10),
        },
      ],
      next: span(afternoonAfter(meeting.startsAt, 40)),
    })
  }
  if (meeting.protocol.state === 'written') await act(meeting, 'protocol-approved', {})
}
