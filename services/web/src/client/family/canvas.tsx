/** The drawing to work on: people are chosen, moved and related on it, by hand or by keyboard. Its lines are those of the picture. */
import {
  BaseEdge,
  ConnectionMode,
  Controls,
  Handle,
  Position,
  ReactFlow,
  type Connection,
  type EdgeProps,
  type NodeChange,
  type NodeProps,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useMemo, useRef } from 'react'
import { useHere } from '../me.tsx'
import { familyWords } from '../words-of/family.ts'
import type { Box, Drawing, Line } from '@tirek/contract/family/drawing'
import { FAMILY_BOX } from '@tirek/contract/family/ecomap'
import { Shapes } from './picture.tsx'

type Moved = { x: number; y: number }

const BoxNode = ({ data }: NodeProps) => {
  const { box, under } = data as { box: Box; under?: Drawing }
  return (
    <>
      <svg width={box.width} height={box.height} overflow="visible" aria-hidden="true">
        {under && (
          <g transform={`translate(${-box.x} ${-box.y})`}>
            <Shapes of={under.ground} />
          </g>
        )}
        <Shapes of={box.shapes} />
      </svg>
      <Handle type="source" position={Position.Bottom} />
    </>
  )
}
/** The household and the trunks of families, under everybody. */
const GroundNode = ({ data }: NodeProps) => {
  const { drawing } = data as { drawing: Drawing }
  return (
    <svg width={drawing.width} height={drawing.height} aria-hidden="true">
      <Shapes of={drawing.ground} />
    </svg>
  )
}
const LineEdge = ({ data, selected }: EdgeProps) => {
  const { line } = data as { line: Line }
  const path = line.shapes.flatMap((shape) => ('path' in shape ? [shape.path] : [])).join('')
  return (
    <>
      <BaseEdge path={path} interactionWidth={22} className={selected ? 'family-chosen' : 'family-line'} />
      <Shapes of={line.shapes} />
    </>
  )
}
const NODES = { box: BoxNode, ground: GroundNode }
const EDGES = { line: LineEdge }
const GROUND = 'ground'
/** A lonely child is not drawn as large as a page. */
const FIT = { padding: 0.06, duration: 0, maxZoom: 1.25 }
/** A phone, or a finger anywhere. */
const TOUCHED = '(pointer: coarse), (max-width: 700px)'

export function FamilyCanvas({
  drawing,
  chosen,
  choose,
  move,
  connect,
  movable,
}: {
  drawing: Drawing
  chosen: string | undefined
  choose(id: string | undefined): void
  /** By so much from where it stands; `done` when the hand let go. */
  move(id: string, by: Moved, done: boolean): void
  connect(from: string, to: string): void
  movable(id: string): boolean
}) {
  const { lang } = useHere()
  const fam = familyWords(lang)
  const isTouched = useMemo(() => window.matchMedia(TOUCHED).matches, [])
  const flow = useRef<{ fitView(options: typeof FIT): unknown }>(undefined)
  // Whoever came or went is in sight; what a hand moves stays under the hand.
  const all = drawing.boxes.map(({ id }) => id).join()
  useEffect(() => void flow.current?.fitView(FIT), [all])
  const nodes = useMemo(
    () => [
      {
        id: GROUND,
        type: 'ground',
        position: { x: 0, y: 0 },
        data: { drawing },
        width: drawing.width,
        height: drawing.height,
        measured: { width: drawing.width, height: drawing.height },
        draggable: false,
        selectable: false,
        focusable: false,
        connectable: false,
        zIndex: -2,
        className: 'family-under',
      },
      ...drawing.boxes.map((box) => ({
        id: box.id,
        type: 'box',
        position: { x: box.x, y: box.y },
        data: { box },
        width: box.width,
        height: box.height,
        measured: { width: box.width, height: box.height },
        handles: [{ type: 'source' as const, position: Position.Bottom, x: box.width / 2, y: box.height, width: 1, height: 1 }],
        selected: box.id === chosen,
        draggable: movable(box.id),
        selectable: box.id !== FAMILY_BOX,
        focusable: box.id !== FAMILY_BOX,
        ariaLabel: box.says,
        zIndex: box.id === FAMILY_BOX ? -1 : 1,
        // Nobody stops at it by the keyboard, so it has no role of its own.
        ...(box.id === FAMILY_BOX && { className: 'family-under', ariaRole: 'group' as const }),
      })),
    ],
    [drawing, chosen, movable],
  )
  const edges = useMemo(
    () =>
      drawing.lines.map((line) => ({
        id: line.id,
        type: 'line',
        source: line.from,
        target: line.to,
        data: { line },
        selected: line.id === chosen,
        ariaLabel: line.says,
      })),
    [drawing, chosen],
  )
  const changed = (changes: NodeChange[]) => {
    for (const change of changes) {
      if (change.type === 'select' && change.selected) choose(change.id)
      if (change.type !== 'position' || !change.position) continue
      const box = drawing.boxes.find(({ id }) => id === change.id)
      if (box && movable(box.id))
        move(box.id, { x: Math.round(change.position.x - box.x), y: Math.round(change.position.y - box.y) }, change.dragging !== true)
    }
  }
  return (
    <div className="card family-canvas">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODES}
        edgeTypes={EDGES}
        onNodesChange={changed}
        onEdgesChange={(changes) => changes.forEach((change) => change.type === 'select' && change.selected && choose(change.id))}
        onPaneClick={() => choose(undefined)}
        onConnect={({ source, target }: Connection) => source !== target && connect(source, target)}
        connectionMode={ConnectionMode.Loose}
        deleteKeyCode={null}
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        zoomOnScroll={false}
        // One finger scrolls the page past the drawing; two move and enlarge it.
        panOnDrag={!isTouched}
        preventScrolling={false}
        // A finger that taps trembles.
        nodeDragThreshold={isTouched ? 6 : 1}
        minZoom={0.2}
        maxZoom={2.5}
        fitView
        fitViewOptions={FIT}
        onInit={(made) => void (flow.current = made)}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'controls.ariaLabel': fam.picture,
          'controls.zoomIn.ariaLabel': fam.zoomIn,
          'controls.zoomOut.ariaLabel': fam.zoomOut,
          'controls.fitView.ariaLabel': fam.fit,
          'node.a11yDescription.default': fam.move,
          'node.a11yDescription.keyboardDisabled': fam.move,
          'edge.a11yDescription.default': fam.move,
          'node.a11yDescription.ariaLiveMessage': () => '',
          'handle.ariaLabel': fam.relate,
        }}
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}
