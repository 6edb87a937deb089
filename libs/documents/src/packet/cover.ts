/** The cover letter of a packet: to whom, what is asked, what members of the review demand, and what is enclosed. */
import { AGENCY_KINDS } from '@tirek/contract/agency-codes'
import { DEMANDS } from '@tirek/contract/forms/meeting-codes'
import { fill } from '@tirek/contract/problems'
import type { Text } from '@tirek/procedure/programme'
import type { Sheet } from '../sheet.ts'
import { clean, dayIn, joined } from '../text.ts'
import type { Enclosed, PacketView } from './view.ts'
import { WORDS } from './words.ts'

/** Official and Kazakh: whoever gets it works in one of the two. */
const both = ({ ru, kk }: Text): string => `${ru} / ${kk}`

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** «Пакет № 15/2026»: no name. */
export const packetTitle = ({ lang, outgoing }: Pick<PacketView, 'lang' | 'outgoing'>): string =>
  clean(`${WORDS.packet[lang]} № ${outgoing.number}`)

/** What stands at the head of each page of the packet. */
export const pageMark = ({ outgoing }: PacketView, page: number, pages: number): string =>
  `${both(WORDS.out)} ${clean(outgoing.number)}   ${page} / ${pages}`

export function coverSheet(view: PacketView, enclosed: readonly Enclosed[], pages: number): Sheet {
  const { lang, outgoing, to, body, child } = view
  return {
    lang,
    title: packetTitle(view),
    issuer: clean(view.organisation),
    heading: [both(WORDS.cover), `№ ${clean(outgoing.number)}`],
    createdAt: view.createdAt,
    blocks: [
      { kind: 'notice', texts: [WORDS.secret.ru, WORDS.secret.kk] },
      {
        kind: 'facts',
        rows: [
          { caption: both(WORDS.outgoing), text: `№ ${clean(outgoing.number)}, ${dayIn(lang, outgoing.day)}` },
          { caption: both(WORDS.to), text: clean(joined([capital(AGENCY_KINDS[body][lang]), to.organisation, to.person], '\n')) },
          {
            caption: both(WORDS.child),
            text: clean(
              joined([
                child.name,
                child.birthDay && `${WORDS.born[lang]} ${dayIn(lang, child.birthDay)}`,
                fill(WORDS.file[lang], { n: child.fileNumber }),
              ]),
            ),
          },
          ...(view.proposed ? [{ caption: both(WORDS.proposed), text: clean(view.proposed) }] : []),
          ...(view.answerBy ? [{ caption: both(WORDS.answerBy), text: dayIn(lang, view.answerBy) }] : []),
          ...(view.phone ? [{ caption: both(WORDS.phone), text: clean(view.phone) }] : []),
        ],
      },
      { kind: 'texts', caption: both(WORDS.question), texts: [clean(view.question)], pen: 0 },
      view.demands.length === 0
        ? { kind: 'texts', caption: both(WORDS.demands), texts: [WORDS.noDemands[lang]], pen: 0 }
        : {
            kind: 'table',
            caption: both(WORDS.demands),
            columns: [
              { title: WORDS.author[lang], width: 0.28 },
              { title: WORDS.demand[lang], width: 0.24 },
              { title: WORDS.reasons[lang], width: 0.48 },
            ],
            rows: view.demands.map(({ author, demand, reasons }) => [clean(author), demand ? DEMANDS[demand][lang] : '', clean(reasons)]),
            pen: 0,
          },
      enclosed.length === 0
        ? { kind: 'texts', caption: both(WORDS.enclosures), texts: [WORDS.none[lang]], pen: 0 }
        : {
            kind: 'table',
            caption: both(WORDS.enclosures),
            columns: [
              { title: '№', width: 0.06 },
              { title: both(WORDS.document), width: 0.34 },
              { title: both(WORDS.pages), width: 0.19 },
              { title: both(WORDS.hash), width: 0.41 },
            ],
            rows: enclosed.map((one, n) => [String(n + 1), clean(one.title), placeOf(one, lang), inGroups(one.sha256)]),
            pen: 0,
          },
      { kind: 'notice', texts: [fill(WORDS.total[lang], { n: pages })] },
      {
        kind: 'signatures',
        caption: both(WORDS.signed),
        columns: [
          { title: WORDS.name[lang], width: 0.5 },
          { title: WORDS.signature[lang], width: 0.3 },
          { title: WORDS.day[lang], width: 0.2 },
        ],
        rows: [[clean(joined([view.signer.name, view.signer.position])), '', '']],
        pen: 0,
      },
    ],
  }
}

function placeOf({ pages: { first, count } }: Enclosed, lang: PacketView['lang']): string {
  return fill(WORDS[count === 1 ? 'one' : 'sheets'][lang], { first, count, last: first + count - 1 })
}

/** Eight signs each: so that two people can compare it by eye. */
const inGroups = (sha256: string): string => sha256.match(/.{1,8}/g)!.join(' ')
