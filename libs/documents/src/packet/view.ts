/** The packet of a referral as plain data. Days are `YYYY-MM-DD`. */
import type { DEMANDS } from '@tirek/contract/forms/meeting-codes'
import type { Lang } from '@tirek/contract/roles'
import type { Sheet } from '../sheet.ts'

export type Demand = {
  author: string
  /** CP-58: the form of care that the member demands. */
  demand?: keyof typeof DEMANDS | undefined
  reasons: string
}

export type Enclosure =
  /** Printed here, such as the assessment and the plan. */
  | { title: string; sheet: Sheet }
  /** A file that exists: its bytes are never changed, its hash is theirs. PDF and images become pages of the packet. */
  | { title: string; file: { name: string; type: string; bytes: Buffer } }

export type PacketView = {
  lang: Lang
  /** When the packet was frozen, ms UTC: the only time in the file. */
  createdAt: number
  /** Who sends. */
  organisation: string
  outgoing: { number: string; day: string }
  body: 'commission-services' | 'commission-minors' | 'pmpk' | 'guardianship-body'
  to: { organisation: string; person?: string | undefined }
  child: { name: string; birthDay?: string | undefined; fileNumber: string }
  /** What is put to the body. */
  question: string
  /** The form of care that the review proposes, in words. */
  proposed?: string | undefined
  /** Until when an answer is asked for. */
  answerBy?: string | undefined
  /** Reasoned demands of members of the review; they are asked for even when there are none. */
  demands: readonly Demand[]
  signer: { name: string; position?: string | undefined }
  phone?: string | undefined
  enclosures: readonly Enclosure[]
}

/** One line of the list of enclosures as it stands in the cover letter. */
export type Enclosed = {
  title: string
  sha256: string
  /** Bytes of the file that the hash is of. */
  size: number
  /** Pages within the packet and the first of them. */
  pages: { first: number; count: number }
}

export type Packet = {
  bytes: Buffer
  sha256: string
  pages: number
  /** No person's name in it. */
  name: string
  enclosures: readonly Enclosed[]
}
