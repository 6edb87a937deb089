/**
 * The second wall of letters: pages sign in as a role that Postgres shows the letters of who asks and of those whose letters they look after,
 * and of these no address and no text. Without a person there are no rows. The loops, which write and send, see all.
 */
import { createHash } from 'node:crypto'
import type { Who } from '@tirek/platform/auth'
import type { Clock } from '@tirek/platform/clock'
import type { Database, Migration, Queries } from '@tirek/platform/database'
import { trailWall } from '@tirek/platform/trail-wall'
import { MY, settingsOf } from '@tirek/policy/settings'
import { isCarer, type Standing } from '@tirek/policy/standing'
import { STANDING, standingFrom, standsNowhere } from '@tirek/policy/standing-sql'
import { dayOf } from '@tirek/procedure/time'

export const PAGES_ROLE = 'tirek_notifications_pages'

/** What pages show of a letter: of its receiver the name of a colleague, never that of somebody without an account. */
export const LETTER_COLUMNS =
  'id, seq, message_id, kind, urgent, person, organisation, shown_name, subject, items, state, attempts, doubts, queued_at, try_at, server, answer, sha256, settled_at, read_at'

/** What pages show of mail that nobody could match: that it came and why. */
export const UNMATCHED_COLUMNS = 'id, seq, reason, at, bytes, meeting, case_id, organisation'

const EVERYWHERE = `(SELECT nullif(current_setting('tirek.letters', true), '') IS NOT NULL)`
const OWN = `letter.person = ${MY.person}`
const SEEN = `${OWN} OR (letter.organisation = ${MY.organisation} AND (letter.person = ANY(${MY.team}) OR ${MY.leads})) OR ${EVERYWHERE}`

/** Applied whenever it says something else than what stands in the database: its name is the hash of its text. */
export function wallOfLetters(): Migration {
  const sql = `
GRANT USAGE ON SCHEMA notifications TO ${PAGES_ROLE};
REVOKE ALL ON letter FROM ${PAGES_ROLE};
GRANT SELECT (${LETTER_COLUMNS}), UPDATE (read_at) ON letter TO ${PAGES_ROLE};
ALTER TABLE letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE letter FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS work ON letter;
DROP POLICY IF EXISTS pages_select ON letter;
DROP POLICY IF EXISTS pages_update ON letter;
CREATE POLICY work ON letter TO tirek_notifications USING (true) WITH CHECK (true);
CREATE POLICY pages_select ON letter FOR SELECT TO ${PAGES_ROLE} USING (${SEEN});
CREATE POLICY pages_update ON letter FOR UPDATE TO ${PAGES_ROLE} USING (${OWN}) WITH CHECK (${OWN});
REVOKE ALL ON unmatched FROM ${PAGES_ROLE};
GRANT SELECT (${UNMATCHED_COLUMNS}) ON unmatched TO ${PAGES_ROLE};
ALTER TABLE unmatched ENABLE ROW LEVEL SECURITY;
ALTER TABLE unmatched FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS work ON unmatched;
DROP POLICY IF EXISTS pages_select ON unmatched;
CREATE POLICY work ON unmatched TO tirek_notifications USING (true) WITH CHECK (true);
CREATE POLICY pages_select ON unmatched FOR SELECT TO ${PAGES_ROLE} USING (unmatched.organisation = ${MY.organisationForHandOvers} OR ${EVERYWHERE});
${trailWall('notifications', ['tirek_notifications', PAGES_ROLE])}`
  const hash = createHash('sha256').update(sql).digest('hex').slice(0, 16)
  return { name: `wall-${hash}`, sql: `DELETE FROM migration WHERE name LIKE 'wall-%';\n${sql}` }
}

/** Pages sign in beside the loops, with the same password. */
export function pagesUrlOf(url: string): string {
  const own = new URL(url)
  own.username = PAGES_ROLE
  return own.href
}

/** Administrators and auditors look after every letter. */
const sees = (who: Who): boolean => who.role === 'administrator' || who.role === 'auditor'

export class LetterPages {
  readonly #db: Database
  readonly #work: Database
  readonly #clock: Clock

  /** `db` signs in as the role of the pages; `work` reads where people stand. */
  constructor(db: Database, work: Database, clock: Clock) {
    this.#db = db
    this.#work = work
    this.#clock = clock
  }

  /** What was told to the person themselves. */
  own = (who: Who): Queries => this.#db.as({ 'tirek.person': who.person })

  /** What the person looks after: everything, the letters of the organisation that they lead, or of those whose work they supervise. */
  async lookedAfter(who: Who): Promise<{ whose: 'all' | 'organisation' | 'team'; standing: Standing; db: Queries }> {
    const now = this.#clock.now()
    const [row] = isCarer(who.role) ? await this.#work.query(STANDING, [who.person, dayOf(now), who.organisation], 'standing') : []
    const standing = { ...(row ? standingFrom(who, row) : standsNowhere(who)), now }
    const settings = { ...settingsOf(standing), 'tirek.letters': sees(who) ? 'on' : '' }
    return { whose: sees(who) ? 'all' : standing.leads ? 'organisation' : 'team', standing, db: this.#db.as(settings) }
  }
}
