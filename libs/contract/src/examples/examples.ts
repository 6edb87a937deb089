/** One example of every act and of every journal row: read by people in the published description, and by tests. One forgotten does not compile. */
import { ACCESS } from './access.ts'
import { FAMILY } from './family.ts'
import type { Forms, JournalForms } from './forms.ts'
import { INTAKE } from './intake.ts'
import { RIGHTS } from './rights.ts'
import { SUPPORT } from './support.ts'

export const ACT_FORMS: Forms = { ...INTAKE, ...SUPPORT, ...RIGHTS, ...ACCESS, ...FAMILY }

export const JOURNAL_ROWS: JournalForms = {
  visitors: {
    happenedAt: '2026-11-24T10:00:00+05:00',
    visitor: 'Роза Ахметова',
    iin: '560101400123',
    contact: 'ул. Примерная, 12, +77015550008',
    child: 'Мирас Ахметов, 2 года',
    relation: 'бабушка',
    question: 'Как оформить пособие',
    level: 'low',
    help: 'advice',
    work: 'Рассказано о документах',
    directedTo: 'ЦОН',
    result: 'solved',
    request: 'ALM-2026-0001',
  },
  prevention: {
    happenedAt: '2026-11-24T11:00:00+05:00',
    kind: 'patronage-visit',
    place: 'ул. Примерная, 20',
    audience: 'молодые семьи',
    number: 12,
    topic: 'Безопасность дома',
    found: 'nothing',
    tookPart: ['Тимур Байжанов', 'участковая медсестра'],
    request: 'ALM-2026-0002',
  },
  groups: {
    happenedAt: '2026-11-24T12:00:00+05:00',
    name: 'Клуб молодых мам',
    kind: 'club',
    place: 'Поликлиника № 1',
    leader: 'Динара К.',
    contact: '+77015550009',
    meeting: '2026-12-01',
    note: 'Встречи по средам',
  },
  changes: {
    happenedAt: '2026-11-24T13:00:00+05:00',
    edition: '2026-1',
    section: 'Этап 3, CP-50',
    what: 'Уточнен срок пересмотра',
    changedBy: 'Марат Оспанов',
  },
}
