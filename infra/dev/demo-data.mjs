// Whom and what a first start shows. All names are invented.
const MINUTE = 60_000

export const ORGANISATIONS = {
  zharqyn: {
    name: { ru: 'Поликлиника «Жарқын»', kk: '«Жарқын» емханасы', en: 'Zharqyn clinic' },
    prefix: 'ZHQ',
    territory: 'Жарқынқала',
  },
  tunyq: { name: { ru: 'Поликлиника «Тұнық»', kk: '«Тұнық» емханасы', en: 'Tunyq clinic' }, prefix: 'TNQ', territory: 'Тұнықсу' },
}

/** login, role, organisation, name, language, supervisor */
// oxfmt-ignore
export const PEOPLE = [
  ['marat',   'supervisor',            'zharqyn', 'Марат Әбенұлы',        'kk'],
  ['elena',   'supervisor',            'zharqyn', 'Елена Полевая',        'ru'],
  ['bolat',   'head',                  'zharqyn', 'Болат Сарыарқин',      'ru'],
  ['aigerim', 'social-worker',         'zharqyn', 'Айгерім Дәуренқызы',   'kk', 'marat'],
  ['daniyar', 'social-worker',         'zharqyn', 'Данияр Көктемов',      'ru', 'marat'],
  ['timur',   'social-worker',         'zharqyn', 'Тимур Рассветов',      'en', 'elena'],
  ['olga',    'psychologist',          'zharqyn', 'Ольга Лугова',         'ru', 'marat'],
  ['saule',   'medic',                 'zharqyn', 'Сәуле Бұлақова',       'kk', 'marat'],
  ['gulnara', 'childrens-home-worker', 'zharqyn', 'Гүлнара Самалова',     'ru', 'elena'],
  ['nurlan',  'supervisor',            'tunyq',   'Нұрлан Таңатар',       'kk'],
  ['irina',   'head',                  'tunyq',   'Ирина Озёрная',        'ru'],
  ['asel',    'social-worker',         'tunyq',   'Әсел Жұлдызай',        'ru', 'nurlan'],
  ['zhanar',  'medic',                 'tunyq',   'Жанар Аққайың',        'kk', 'nurlan'],
  ['ruslan',  'commission-secretary',  'tunyq',   'Руслан Долинин',       'ru'],
  ['kamila',  'auditor',               undefined, 'Камила Ковылина',      'ru'],
].map(([login, role, organisation, name, lang, supervisor]) => ({ login, role, organisation, name, lang, supervisor }))

/** Who may sign in, for the table that `npm start` prints. The administrator is made by the service itself. */
export const DEMO_LOGINS = [{ login: 'admin', role: 'administrator' }, ...PEOPLE.map(({ login, role }) => ({ login, role }))]

export const LEADERS = {
  zharqyn: { head: 'bolat', nextInLine: 'elena', supervisor: 'marat', duty: ['olga', 'saule', 'timur'] },
  tunyq: { head: 'irina', nextInLine: 'irina', supervisor: 'nurlan', duty: ['zhanar', 'asel'] },
}

/** Kind, name, ending of the phone. Where `files`, the address is marked: files of a case may go there. */
export const AGENCIES = [
  ['police', 'Отдел полиции', '102'],
  ['juvenile-inspection', 'Инспекция по делам несовершеннолетних', '103'],
  ['guardianship-body', 'Орган опеки и попечительства', '104', 'files'],
  ['commission-minors', 'Комиссия по делам несовершеннолетних', '105', 'files'],
  ['commission-services', 'Комиссия интегрированной модели', '106', 'files'],
  ['pmpk', 'Психолого-медико-педагогическая консультация', '107', 'files'],
  ['social-protection', 'Отдел социальной защиты', '108', 'files'],
  ['education', 'Отдел образования', '109'],
  ['childrens-home', 'Дом ребёнка «Ұя»', '110'],
  ['day-centre', 'Дневной центр «Шуақ»', '111'],
  ['maternity-hospital', 'Родильный дом', '112'],
]

const child = (name, birthDate, sex, address) => ({ name, birthDate, sex, address })

/** Eight cases. `paper`: begun on paper, entered by the act for it, so that no flood of old steps follows. `t`: days before and after today. */
export const CASES = [
  {
    by: 'timur',
    paper: (t) => ({
      stage: 'comprehensive-assessment',
      level: 'medium',
      registeredDay: t(-30),
      assessmentDecidedDay: t(-20),
      child: child('Жансая Қоңыр', '2023-04-11', 'female', 'ул. Садовая, 4'),
    }),
  },
  {
    by: 'timur',
    paper: (t) => ({
      stage: 'planning',
      level: 'medium',
      registeredDay: t(-60),
      assessmentDecidedDay: t(-48),
      assessmentFinishedDay: t(-7),
      child: child('Артём Ветров', '2022-09-30', 'male', 'ул. Мельничная, 17'),
    }),
  },
  {
    by: 'daniyar',
    paper: (t) => ({
      stage: 'implementation',
      level: 'medium',
      registeredDay: t(-95),
      placement: 'with-parents',
      placementSince: t(-95),
      planDay: t(-40),
      lastHomeContact: t(-24),
      child: child('Ерасыл Бозторғай', '2021-12-02', 'male', 'ул. Степная, 9'),
    }),
  },
  {
    by: 'aigerim',
    paper: (t) => ({
      stage: 'implementation',
      level: 'high',
      registeredDay: t(-150),
      placement: 'childrens-home',
      placementSince: t(-120),
      planDay: t(-100),
      lastPhoneContact: t(-21),
      child: child('Мадина Ақшоқ', '2024-06-15', 'female', 'Дом ребёнка «Ұя»'),
    }),
  },
  {
    by: 'asel',
    paper: (t) => ({
      stage: 'monitoring',
      level: 'low',
      registeredDay: t(-400),
      placement: 'with-parents',
      placementSince: t(-400),
      planDay: t(-330),
      closedDay: t(-65),
      monitoringEnd: t(80),
      lastLook: t(-20),
      child: child('София Ручейкова', '2021-03-19', 'female', 'ул. Речная, 3'),
    }),
  },
  {
    by: 'asel',
    paper: (t) => ({
      stage: 'implementation',
      level: 'medium',
      registeredDay: t(-80),
      placement: 'foster-family',
      placementSince: t(-35),
      planDay: t(-35),
      lastHomeContact: t(-2),
      lastPhoneContact: t(-15),
      child: child('Алихан Көлбай', '2022-01-27', 'male', 'ул. Тополиная, 22'),
    }),
  },
  {
    by: 'saule',
    takenBy: 'aigerim',
    request: (now) => ({
      child: child('Томирис Жұпар', '2023-10-08', 'female', 'ул. Луговая, 12'),
      asker: { name: 'Участковая медсестра', status: 'медсестра' },
      ground: 'На приёме мать рассказала, что осталась без жилья и без помощи родных.',
      channel: 'in-person',
      source: 'medical-staff',
      reportedAt: new Date(now - 100 * MINUTE).toISOString(),
      criteria: ['M3'],
      level: 'medium',
      anotherChild: true,
    }),
  },
  {
    by: 'aigerim',
    request: (now) => ({
      child: child('Ернар Қаратал', '2022-05-21', 'male', 'ул. Заречная, 8'),
      asker: { name: 'Соседка', relation: 'соседка' },
      ground: 'Слышен плач, ребёнок один дома, на стук не открывают.',
      channel: 'phone',
      source: 'public',
      reportedAt: new Date(now - 8 * MINUTE).toISOString(),
      criteria: ['H5'],
      level: 'high',
      anotherChild: true,
    }),
  },
]
