/** A packet with every kind of enclosure, for tests and pictures. All people and places are invented. */
import { degrees, grayscale, PDFDocument } from '@cantoo/pdf-lib'
import { deflateSync, crc32 } from 'node:zlib'
import type { PacketView } from '../packet/view.ts'
import { assessmentBlocks } from '../prints/assessment.ts'
import { planBlocks, type PlanForm } from '../prints/plan.ts'
import { protocolPdf } from '../protocol/protocol.ts'
import type { Sheet } from '../sheet.ts'
import { KAZAKH, review } from './protocols.fixture.ts'

const AT = Date.UTC(2026, 10, 25, 9, 30)
const MOTHER = 'Сейітқали Ұлжан Әбдіғаниқызы'

export const assessmentForm = {
  members: [
    { name: 'Сейітқали Әлихан Нұрланұлы', age: '3 года', relation: 'ребенок', livesThere: true },
    {
      name: MOTHER,
      age: '27 лет',
      relation: 'мать',
      address: 'Тараз, ул. Абая 15, кв. 4',
      work: 'не работает',
      phone: '+7 701 234 56 78',
      livesThere: true,
    },
  ],
  cause: 'Мать оставляет ребенка одного. Соседи слышали плач ночью.',
  timeAndPeople: '3–20 ноября 2026 года; участковая медсестра, инспектор.',
  history: [
    { when: '2024', event: 'Рождение ребенка', help: 'патронаж' },
    { when: 'весна 2026', event: 'Отец уехал', problem: 'долги: 143 250 ₸', help: 'нет' },
  ],
  health: { body: 'Вес ниже нормы. Прививки сделаны.', development: `Речь отстает. ${KAZAKH}`, sources: ['child', 'doctor'] },
  care: { safety: 'Ребенок бывает один до пяти часов.', understanding: 'Мать понимает, что нужна помощь.' },
  environment: { housing: 'Одна комната, печь.', income: 'Пособие 43 250 ₸.' },
  analysis: {
    strengths: 'Бабушка готова помогать.',
    concerns: 'Надзора нет по вечерам.',
    consequences: 'Травма, отставание в развитии.',
    response: 'Мать соглашается с частью.',
    abilityToProtect: 'Сейчас недостаточна.',
    abilityToChange: 'Возможна с помощью бабушки.',
    helpNeeded: 'Место в яслях, пособие, нарколог.',
  },
  recommendations: 'Рассмотреть патронатную семью на время лечения матери.',
  familySigned: false,
  noSignatureReason: 'мать не пришла',
  familyComments: 'Прошу не забирать ребенка надолго.',
  authors: [{ name: 'Оспанова Айгерім Болатқызы', position: 'социальный работник', parts: ['5', '6'], day: '2026-11-20' }],
  sources: ['child'],
  signsOfCruelty: false,
  confirmed: 'yes',
  level: 'high',
}
export const planForm: PlanForm = {
  planVersion: 2,
  parents: [{ name: MOTHER, data: '27 лет, не работает, +7 701 234 56 78' }],
  needs: [
    { kind: 'development', text: 'Речь: логопед два раза в неделю' },
    { kind: 'parents', text: 'Мать лечится и не оставляет ребенка одного' },
  ],
  specialists: [{ name: 'Қасымов Ерлан', organisation: 'Ювенальная инспекция', contact: '+7 727 300 10 20' }],
  measures: [
    {
      id: '0190e000-0000-7000-8000-0000000000e1',
      action: 'Оформить пособие (43 250 ₸)',
      due: '2026-12-10',
      responsible: 'agency',
      responsibleName: 'Отдел социальной защиты',
      need: 2,
    },
    {
      id: '0190e000-0000-7000-8000-0000000000e2',
      action: 'Логопед',
      from: '2026-11-01',
      due: '2027-02-01',
      responsible: 'family',
      expected: 'Говорит фразами',
    },
  ],
  notes: 'Бабушка забирает ребенка по средам.',
  start: '2026-11-01',
  end: '2027-05-01',
}
const child = { name: 'Сейітқали Әлихан Нұрланұлы', birthDay: '2023-08-14', fileNumber: 'TRZ-2026-17' }
const sheet = (title: string, blocks: Sheet['blocks']): Sheet => ({
  lang: 'ru',
  title: `${title}, TRZ-2026-17`,
  issuer: 'Городская поликлиника № 7, Тараз',
  heading: [title],
  createdAt: AT,
  blocks,
})
const printing = { lang: 'ru' as const, nameOf: () => undefined }

/** One row of pixels after another, in stripes. */
export function png(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set([x % 256, y % 256, (x + y) % 256], y * (width * 3 + 1) + 1 + x * 3)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(8)
    frame.writeUInt32BE(data.length, 0)
    frame.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** A letter of somebody else's making: of a size and turn of its own, with a frame at its edge. */
export async function foreignPdf(
  pages: readonly { size: [number, number]; turn: 0 | 90 | 180 | 270 }[],
  change: (made: PDFDocument) => void = () => {},
): Promise<Buffer> {
  const made = await PDFDocument.create({ updateMetadata: false })
  for (const { size, turn } of pages) {
    const page = made.addPage(size)
    page.setRotation(degrees(turn))
    page.drawRectangle({ x: 2, y: 2, width: size[0] - 4, height: size[1] - 4, borderWidth: 2, borderColor: grayscale(0) })
    page.drawText(`decision ${turn}`, { x: 60, y: 60, size: 24 })
  }
  change(made)
  return Buffer.from(await made.save())
}

const PICTURE = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCABAAGADASIAAhEBAxEB/8QAGgABAQADAQEAAAAAAAAAAAAAAAQCAwUBBv/EACsQAAICAgAEBAUFAAAAAAAAAAABAgMEEQUSITEGExRRIjI1YXE0QXJzwf/EABkBAQADAQEAAAAAAAAAAAAAAAABAgMFBv/EABwRAQEAAgIDAAAAAAAAAAAAAAABAiEREiJRYf/aAAwDAQACEQMRAD8AuABx3SAAAAAAAAAAAAAAAAAAB6009NaGnreunuVcS/Vv+KEfpk/7f8Re4eVnpTtqVKouXZN/gNNd01+SzBk4VZEovTUNpmePdPKjbVfqSUHJPXZlphLJvdRcrLXPABk0AAB86AD1DjAAA6viP6lzftKuLX3Qh8PhmzfTmyen36Ixr4nRbj11Z+J57qXLCam4vXszTn8Q9VCumqqNGPV8tae+vu2ZyXiRb6r4FONePxCc4KyMak3Fvv36Gq3i69PZTiYtWMrFqco9W17bJsPN9LRk1eXzefDk3za5SUnrzbajnQAC6AAAAAAAAAAAAAAAAAAAf//Z',
  'base64',
)
/** What a phone writes beside the picture: to be turned by 90 degrees, and where it was taken. */
const EXIF = Buffer.concat([
  Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0', 'latin1'),
  Buffer.from('GPS 42.9000 71.3667', 'latin1'),
])
/** Taken with the phone on its side. */
export const photo = Buffer.concat([PICTURE.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, EXIF.length + 2]), EXIF, PICTURE.subarray(2)])

export async function packet(): Promise<PacketView> {
  return {
    lang: 'ru',
    createdAt: AT,
    organisation: 'Городская поликлиника № 7, Тараз',
    outgoing: { number: '15/2026', day: '2026-11-25' },
    body: 'commission-services',
    to: { organisation: 'Акимат города Тараз, отдел занятости и социальных программ', person: 'Ыбыраев Қанат, секретарь комиссии' },
    child,
    question:
      'Просим рассмотреть устройство ребенка вне семьи на время лечения матери и рекомендовать наиболее подходящую форму устройства. Мера вне семьи предложена после пересмотра плана: поддержка дома за шесть месяцев не дала безопасности. Расходы семьи: 43 250 ₸ в месяц.',
    proposed: 'патронатная семья',
    answerBy: '2026-12-09',
    demands: [
      { author: 'Ығылманова Һадиша, орган опеки', demand: 'foster-family', reasons: 'Ребенку три года, нужна семья, а не учреждение.' },
      { author: 'Сейітқали Нұрлан, отец', demand: 'birth-family', reasons: `Бабушка согласна жить с ними. ${KAZAKH}` },
    ],
    signer: { name: 'Ахметова Гүлнар Сәкенқызы', position: 'супервизор' },
    phone: '+7 7262 45 10 20',
    enclosures: [
      { title: 'Отчет о комплексной оценке', sheet: sheet('Отчет о комплексной оценке', assessmentBlocks(assessmentForm, printing)) },
      {
        title: 'Индивидуальный план сопровождения семьи, версия 2',
        sheet: sheet(
          'Индивидуальный план сопровождения семьи',
          planBlocks(
            planForm,
            {
              day: '2026-11-01',
              child,
              marks: new Map([[planForm.measures[0]!.id, { mark: 'partly' as const, day: '2026-11-20', note: 'заявление принято' }]]),
              family: { signed: true, by: MOTHER },
              manager: 'Оспанова Айгерім Болатқызы',
            },
            printing,
          ),
        ),
      },
      {
        title: 'Протокол пересмотра № 43/1',
        file: { name: 'Протокол_№43-1.pdf', type: 'application/pdf', bytes: await protocolPdf(review) },
      },
      {
        title: 'Решение суда (копия)',
        file: {
          name: 'decision.pdf',
          type: 'application/pdf',
          bytes: await foreignPdf([
            { size: [612, 792], turn: 0 },
            { size: [595, 842], turn: 90 },
            { size: [1_191, 842], turn: 0 },
            { size: [842, 595], turn: 270 },
            { size: [420, 595], turn: 180 },
          ]),
        },
      },
      { title: 'Справка о доходах (снимок)', file: { name: 'spravka.jpg', type: 'image/jpeg', bytes: photo } },
      { title: 'Схема квартиры', file: { name: 'plan.png', type: 'image/png', bytes: png(300, 200) } },
    ],
  }
}
