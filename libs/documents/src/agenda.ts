/** The agenda that goes with an invitation. It names a case by its number and nobody of the family. */
import { clean, dayIn, joined } from './text.ts'
import type { Lang } from '@tirek/contract/roles'
import { fileNameOf } from './file-name.ts'
import { pdfOf } from './pdf.ts'
import type { ProtocolView } from './protocol/view.ts'
import { KINDS, WORDS } from './protocol/words.ts'
import type { Sheet } from './sheet.ts'

export type AgendaView = {
  lang: Lang
  /** When the invitation was made, ms UTC. */
  createdAt: number
  caseNumber: string
  /** Who invites. */
  organisation: string
  kind: ProtocolView['kind']
  /** `YYYY-MM-DD`, `HH:MM` of the place. */
  day: string
  from: string
  to: string
  place?: string | undefined
  video?: string | undefined
  items: readonly string[]
  /** Organisations, no people of the family. */
  invited: readonly string[]
  phone?: string | undefined
}

export const agendaSheet = (view: AgendaView): Sheet => {
  const { lang } = view
  return {
    lang,
    title: `${WORDS.agenda[lang]}, ${clean(view.caseNumber)}`,
    issuer: clean(view.organisation),
    heading: [WORDS.agenda[lang], KINDS[view.kind][lang]],
    createdAt: view.createdAt,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { caption: WORDS.caseNumber[lang], text: clean(view.caseNumber) },
          { caption: WORDS.invites[lang], text: clean(view.organisation) },
          { caption: WORDS.when[lang], text: joined([dayIn(lang, view.day), joined([view.from, view.to], '–')]) },
          { caption: WORDS.where[lang], text: clean(joined([view.place, view.video])) },
          ...(view.phone ? [{ caption: WORDS.phone[lang], text: clean(view.phone) }] : []),
        ],
      },
      { kind: 'texts', caption: WORDS.questions[lang], texts: view.items.map(clean), isNumbered: true, pen: 3 },
      ...(view.invited.length > 0
        ? [{ kind: 'texts' as const, caption: WORDS.invited[lang], texts: view.invited.map(clean), isNumbered: true as const, pen: 0 }]
        : []),
    ],
  }
}

/** A4, embedded fonts; same view, same bytes. */
export const agendaPdf = (view: AgendaView): Promise<Buffer> => pdfOf(agendaSheet(view))

/** `Повестка_CP-2026-17_2026-11-25.pdf`: the number of the case. */
export const agendaFileName = ({ lang, caseNumber, day }: AgendaView): string => fileNameOf([WORDS.agenda[lang], caseNumber, day], 'pdf')
