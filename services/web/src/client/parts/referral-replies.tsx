/** Plain mails that came as replies to those of a referral: shown when somebody asks, since reading them is recorded. */
import type { ReferralPage } from '@tirek/contract/referrals'
import { dayOf } from '@tirek/procedure/time'
import { useState } from 'react'
import { useHere, useNow } from '../me.tsx'
import { useReferralReplies } from '../referral-data.ts'
import { momentText } from '../when.ts'
import { referralWords } from '../words-of/referrals.ts'
import { Failure } from './states.tsx'

export function ReferralReplies({ page }: { page: ReferralPage }) {
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const today = dayOf(useNow(60_000))
  const [asked, setAsked] = useState(false)
  const found = useReferralReplies(page.id, asked)
  if (!page.sendings.some(({ way }) => way === 'mail')) return null
  return (
    <section className="card pad" aria-labelledby="replies-title">
      <h2 id="replies-title">{ref.replies}</h2>
      <p className="soft">{ref.repliesLead}</p>
      {!found.data && !found.error && (
        <button type="button" className="quiet" disabled={asked} onClick={() => setAsked(true)}>
          {asked ? words.loading : ref.repliesRead}
        </button>
      )}
      {found.error && <Failure error={found.error} words={words} onAgain={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p role="status">{ref.repliesNone}</p>}
      {found.data?.items.map((one) => (
        <dl key={one.id} className="facts">
          {[
            [words.mailFrom, [momentText(one.at, lang, today), one.from].filter(Boolean).join(', ')],
            [words.mailSubject, one.subject],
            [words.mailSays, one.text],
          ].map(([caption, text]) =>
            text ? (
              <div key={caption}>
                <dt>{caption}</dt>
                <dd className="said">{text}</dd>
              </div>
            ) : null,
          )}
        </dl>
      ))}
    </section>
  )
}
