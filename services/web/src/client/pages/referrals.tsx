/** Referrals of one case, and the way to another. */
import { useParams, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useHere } from '../me.tsx'
import { ReferralRows } from '../parts/referral-rows.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useReferrals } from '../referral-data.ts'
import { referralWords } from '../words-of/referrals.ts'

export function ReferralsPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const list = useReferrals(id)
  useEffect(() => void (document.title = `${ref.title} · Тірек`), [ref])
  if (list.isPending) return <Loading words={words} />
  if (!list.data)
    return (
      <main id="content" className="narrow">
        <Failure alone error={list.error} words={words} onAgain={() => void list.refetch()} />
      </main>
    )
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id" params={{ id }}>
          ← {words.casePrefix} {list.data.items[0]?.caseNumber ?? ''}
        </Link>
      </p>
      <h1>{ref.title}</h1>
      {list.data.mayRefer && (
        <p>
          <Link className="button" to="/cases/$id/referrals/new" params={{ id }}>
            {ref.newTitle}
          </Link>
        </p>
      )}
      {list.data.items.length === 0 && <p className="soft">{ref.none}</p>}
      {list.data.items.length > 0 && (
        <div className="card">
          <ReferralRows caseId={id} items={list.data.items} />
        </div>
      )}
    </main>
  )
}
