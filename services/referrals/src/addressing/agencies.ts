/** Whom a referral goes to (CP-54, CP-56): agencies of the territory that take such questions. */
import type { AgencyKind } from '@tirek/contract/agencies'
import type { Lang } from '@tirek/contract/roles'
import type { ReferralBody } from '@tirek/procedure/referrals/facts'
import type { Database } from '@tirek/platform/database'
import type { Addressee, ReferralEntity } from '../record/referral.entity.ts'

export type Candidate = { id: string; kind: AgencyKind; name: string; powers: string | null }
export type ContactPerson = { id: string; name: string; email: string | null; phone: string | null; lang: Lang; mayReceiveFiles: boolean }

/** `contact`: its id, also where nobody chose it: a list in another order makes it nobody else. */
export type Addressed = { contact: string | null; addressee: Addressee }

const KINDS: Readonly<Record<ReferralBody, readonly AgencyKind[]>> = {
  pmpk: ['pmpk'],
  commission: ['commission-services', 'commission-minors'],
  'guardianship-body': ['guardianship-body'],
}

export class Agencies {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Those of the territory that take questions of this body, the proposed one first. CP-56: the commission on minors takes them where there is no
   * commission of the integrated model, by the document that widened its powers.
   */
  async of(body: ReferralBody, territory: string): Promise<Candidate[]> {
    const rows = (await this.#db.query(
      'SELECT id, kind, name, powers FROM directory.agency_view WHERE territory = $1 AND kind = ANY($2) ORDER BY name, id',
      [territory, KINDS[body]],
    )) as Candidate[]
    const own = rows.filter(({ kind }) => kind === 'commission-services')
    if (body !== 'commission' || own.length > 0) return body === 'commission' ? own : rows
    return rows.filter(({ powers }) => powers !== null)
  }

  async contactsOf(agency: string): Promise<ContactPerson[]> {
    return (await this.#db.query(
      'SELECT id, name, email, phone, lang, may_receive_files AS "mayReceiveFiles" FROM directory.agency_contact_view WHERE agency = $1 ORDER BY place, id',
      [agency],
    )) as ContactPerson[]
  }

  /** Whom a referral is addressed to, as the directory knows them now: its contact, or the first where that one is gone. Nothing where the agency is. */
  async now(
    { body, agency, contact }: Pick<ReferralEntity, 'body' | 'agency' | 'contact'>,
    territory: string,
  ): Promise<Addressed | undefined> {
    const candidate = (await this.of(body, territory)).find(({ id }) => id === agency)
    if (!candidate) return undefined
    return (contact !== null ? await this.addressed(candidate, contact) : undefined) ?? (await this.addressed(candidate, undefined))
  }

  /** As it stands in the directory now, the first contact where none is named; nothing where there is no such contact. */
  async addressed({ id, kind, name, powers }: Candidate, contact: string | undefined): Promise<Addressed | undefined> {
    const contacts = await this.contactsOf(id)
    const one = contact === undefined ? contacts[0] : contacts.find((each) => each.id === contact)
    if (!one && contact !== undefined) return undefined
    const addressee: Addressee = {
      agency: id,
      kind,
      name,
      ...(powers !== null && { powers }),
      ...(one && {
        contact: one.name,
        ...(one.email !== null && { email: one.email }),
        ...(one.phone !== null && { phone: one.phone }),
      }),
      mayReceiveFiles: one?.mayReceiveFiles ?? false,
      lang: one?.lang ?? 'ru',
    }
    return { contact: one?.id ?? null, addressee }
  }
}
