/** RT-11: fields that are never told to the family. Everything inside of one is protected with it. One table, so that it can be read. */
import type { ActKind } from '@tirek/procedure/child-protection/acts'

/** `reporter`: who reported and in which words; they may have it of themselves. `shelter`: where a child is kept safe. */
export type Protection = 'reporter' | 'shelter'

/** By act, by the path of the field; `*` stands for every item of a list. */
export const PROTECTED: Partial<Record<ActKind, Readonly<Record<string, Protection>>>> = {
  'help-request-registered': {
    asker: 'reporter',
    // The words of who reported tell who that is.
    ground: 'reporter',
    'agreedWith.*.name': 'reporter',
  },
  'risk-assessed': { source: 'reporter' },
  'primary-assessment-done': { asked: 'reporter', askerTold: 'reporter' },
  relapse: { ground: 'reporter' },
  'placement-recorded': { with: 'shelter', contacts: 'shelter' },
}

type Node = { properties?: Record<string, Node>; items?: Node; protected?: Protection }

/** Puts the marks into a form's schema. Throws when a path leads nowhere: a renamed field must not come out unprotected. */
export function markProtected(kind: ActKind, schema: object): void {
  for (const [path, of] of Object.entries(PROTECTED[kind] ?? {})) {
    let node: Node | undefined = schema
    for (const part of path.split('.')) node = part === '*' ? node?.items : node?.properties?.[part]
    if (!node) throw new Error(`the form of ${kind} has no field ${path}`)
    node.protected = of
  }
}
