/** Acts whose form has a face of its own; each loads when it is opened. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Lang } from '@tirek/contract/roles'
import { formWords } from '../words-of/forms.ts'
import { speaksOfRelapse } from './after-closure.ts'
import type { FaceProps } from './face.tsx'

type Face = LazyExoticComponent<ComponentType<FaceProps>>

export const HAND_OVERS: ReadonlySet<string> = new Set(['handed-over', 'hand-over-offered'])

const handOver: Face = lazy(() => import('./hand-over.tsx').then((part) => ({ default: part.HandOverFields })))
export const FACES: Readonly<Record<string, Face>> = {
  'closure-asked': lazy(() => import('./closure.tsx').then((part) => ({ default: part.ClosureFields }))),
  'monitoring-look': lazy(() => import('./look.tsx').then((part) => ({ default: part.LookFields }))),
  relapse: lazy(() => import('./relapse.tsx').then((part) => ({ default: part.RelapseFields }))),
  'handed-over': handOver,
  'hand-over-offered': handOver,
  'plan-signed-by-family': lazy(() => import('./family-signature.tsx').then((part) => ({ default: part.FamilySignatureFields }))),
  'review-held': lazy(() => import('./review-held.tsx').then((part) => ({ default: part.ReviewHeldFields }))),
}

/** What the page of the form is called, where the name of the act says only what was done. */
export function titleOf(kind: string, lang: Lang): string | undefined {
  const frm = formWords(lang)
  if (kind === 'closure-asked') return frm.titleClosure
  if (kind === 'monitoring-look') return frm.titleLook
  return HAND_OVERS.has(kind) ? frm.titleHandOver : undefined
}

/** What the button that sends the form says; nothing where it says no more than “save”. */
export function saveLabelOf(kind: string, value: unknown, lang: Lang): string | undefined {
  const frm = formWords(lang)
  switch (kind) {
    case 'closure-asked':
      return frm.askClosure
    case 'relapse':
      return frm.relapseSave
    case 'handed-over':
      return frm.handSave
    case 'hand-over-offered':
      return frm.handOffer
    case 'monitoring-look': {
      const { problemsBack = false, worse = false, last = false } = value as { problemsBack?: boolean; worse?: boolean; last?: boolean }
      return speaksOfRelapse({ problemsBack, worse }) ? frm.lookSaveRelapse : last ? frm.lookSaveLast : frm.lookSave
    }
    default:
      return undefined
  }
}
