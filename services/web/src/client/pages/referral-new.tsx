/** A new referral: to which body, in the order that the procedure sets, with what. Made first, sent in a step of its own. */
import { REFERRAL_BODIES } from '@tirek/contract/forms/referral-codes'
import type { ReferralList, ReferralOffer, ReferralPage } from '@tirek/contract/referrals'
import type { ReferralBody } from '@tirek/procedure/referrals/facts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ask, newKey } from '../api.ts'
import { answered, type Path, type Schema } from '../fields.ts'
import { errorsOf, useFilling } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { Field } from '../parts/field.tsx'
import { addresseeIds, agenciesOf, ReferralFields } from '../parts/referral-fields.tsx'
import { firstOf, questionFrom, ReferralOrder, type Chosen } from '../parts/referral-order.tsx'
import { ReferralSheet } from '../parts/referral-sheet.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { useReferral, useReferralForm, useReferralOffer, useReferrals } from '../referral-data.ts'
import { referralWords } from '../words-of/referrals.ts'

type Value = Chosen & { agency?: string; letter?: string; outOfOrder?: string }

export function ReferralNewPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, words } = useHere()
  const ref = referralWords(lang)
  const search = new URLSearchParams(window.location.search)
  const previous = search.get('previous') ?? undefined
  const before = useReferral(previous ?? '', previous !== undefined)
  const offer = useReferralOffer(id, search.get('meeting') ?? before.data?.meeting)
  const schema = useReferralForm('prepared')
  const list = useReferrals(id)
  useEffect(() => void (document.title = `${ref.newTitle} · Тірек`), [ref])
  if (schema.isPending || offer.isPending || list.isPending || (previous && before.isPending)) return <Loading words={words} />
  return (
    <main id="content" className="narrow">
      <p>
        <Link to="/cases/$id/referrals" params={{ id }}>
          ← {ref.title}
        </Link>
      </p>
      {!schema.data || !offer.data ? (
        <Failure
          alone
          error={schema.error ?? offer.error}
          words={words}
          onAgain={() => void Promise.all([schema.refetch(), offer.refetch()])}
        />
      ) : (
        <>
          <h1>{ref.newTitle}</h1>
          <p>{ref.newLead}</p>
          <Sheet schema={schema.data} offer={offer.data} list={list.data} before={before.data} search={search} />
        </>
      )}
    </main>
  )
}

/** Whom it is most likely for: the next in the order that does not wait for another. */
function proposedBody(offer: ReferralOffer, wished: string | null): ReferralBody {
  if (wished && Object.hasOwn(REFERRAL_BODIES, wished)) return wished as ReferralBody
  return offer.bodies.find(({ body }) => body === 'commission')?.first === 'pmpk' ? 'pmpk' : 'commission'
}

function Sheet({
  schema,
  offer,
  list,
  before,
  search,
}: {
  schema: Schema
  offer: ReferralOffer
  list: ReferralList | undefined
  before: ReferralPage | undefined
  search: URLSearchParams
}) {
  const { me, lang, words } = useHere()
  const ref = referralWords(lang)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { caseId, meeting } = offer
  const filling = useFilling(me.person, `${caseId}/referral-new${before ? `/${before.id}` : ''}`, () => {
    const body = proposedBody(offer, search.get('body'))
    return {
      value: {
        body,
        question: questionFrom(search.get('question')) ?? before?.question ?? offer.question,
        specialNeeds: offer.specialNeeds || before?.specialNeeds || undefined,
        agency: agenciesOf(offer, body)[0]?.id,
        enclosures: ['assessment', 'plan', 'protocol'],
        // What came back is mended, not written anew.
        ...(before?.state === 'returned' && { letter: before.letter }),
      },
      key: newKey(),
    }
  })
  const value = filling.typed.value as Value
  const agencies = agenciesOf(offer, value.body)
  const save = useMutation({
    mutationFn: () => {
      const form = { ...(answered(value) as object), caseId, ...(meeting && { meeting }), ...(before && { previous: before.id }) }
      return ask<ReferralPage>('/api/referrals', { method: 'POST', body: form, key: filling.typed.key })
    },
    onSuccess: async (made) => {
      filling.drop()
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['referrals', caseId] }),
        queries.invalidateQueries({ queryKey: ['referral'] }),
        queries.invalidateQueries({ queryKey: ['referral-offer', caseId] }),
      ])
      await navigate({ to: '/cases/$id/referrals/$referral', params: { id: caseId, referral: made.id } })
    },
  })
  // Another body is another agency.
  const change = (path: Path, to: unknown) =>
    path[0] === 'body' && path.length === 1
      ? filling.change([], { ...value, body: to, agency: agenciesOf(offer, to as string)[0]?.id, contact: undefined })
      : filling.change(path, to)
  const errors = errorsOf(save.error)
  const state = { schema, value, change, errors, lang, words, ids: addresseeIds(agencies, value.agency) }
  const first = firstOf({ offer, list }, value)
  return (
    <ReferralSheet
      filling={filling}
      state={state}
      save={save}
      button={ref.prepare}
      cancel={{ to: '/cases/$id/referrals', params: { id: caseId } }}
    >
      {meeting && (
        <p>
          {ref.decidedBy}:{' '}
          <Link to="/cases/$id/meetings/$meeting" params={{ id: caseId, meeting }}>
            {ref.openIt}
          </Link>
        </p>
      )}
      <Field at={['question']} />
      <Field at={['specialNeeds']} />
      <Field at={['body']} />
      <ReferralOrder offer={offer} list={list} chosen={value} />
      {(first?.mayOverride || value.outOfOrder) && <Field at={['outOfOrder']} required />}
      <ReferralFields agencies={agencies} demands={offer.demands} />
    </ReferralSheet>
  )
}
