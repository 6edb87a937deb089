/** A drawing as SVG text, whole by itself: for a file, for PNG, for print. */
import { INK, PAPER, type Drawing, type Shape } from './drawing.ts'

const FONT = "Inter, 'DejaVu Sans', Arial, sans-serif"
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

/** `halo`: the light rim of a text is drawn before it, for printers that know no paint order. */
export function shapeText(shape: Shape, halo: 'with' | 'before' = 'with'): string {
  if ('path' in shape)
    return `<path d="${shape.path}" fill="${shape.fill ?? 'none'}" stroke="${shape.stroke ?? 'none'}" stroke-width="${shape.width ?? 1}"${shape.dash ? ` stroke-dasharray="${shape.dash}"` : ''} stroke-linejoin="round"/>`
  const text = (looks: string) =>
    `<text x="${shape.x}" y="${shape.y}" font-size="${shape.size}"${shape.bold ? ` font-weight="${halo === 'with' ? 600 : 'bold'}"` : ''} text-anchor="${shape.anchor ?? 'middle'}" ${looks}>${escaped(shape.text)}</text>`
  const fill = `fill="${shape.fill ?? INK}"`
  const rim = `stroke="${PAPER}" stroke-width="3"`
  return halo === 'with' ? text(`${fill} ${rim} paint-order="stroke"`) : text(`fill="${PAPER}" ${rim}`) + text(fill)
}

/** `title`: says what it is to whoever cannot see it. `legend`: drawn below. */
export function svgOf(
  { width, height, ground, lines, boxes }: Drawing,
  title: string,
  legend?: Drawing,
  halo: 'with' | 'before' = 'with',
): string {
  const all = (shapes: readonly Shape[]) => shapes.map((shape) => shapeText(shape, halo)).join('')
  const body = (drawing: Pick<Drawing, 'ground' | 'lines' | 'boxes'>) =>
    all(drawing.ground) +
    drawing.lines.map((one) => `<g><title>${escaped(one.says)}</title>${all(one.shapes)}</g>`).join('') +
    drawing.boxes
      .map((box) => `<g transform="translate(${box.x} ${box.y})"><title>${escaped(box.says)}</title>${all(box.shapes)}</g>`)
      .join('')
  const [w, h] = [Math.ceil(Math.max(width, legend?.width ?? 0)), Math.ceil(height + (legend?.height ?? 0))]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${FONT}" role="img"><title>${escaped(title)}</title>` +
    `<rect width="${w}" height="${h}" fill="${PAPER}"/>${body({ ground, lines, boxes })}` +
    `${legend ? `<g transform="translate(0 ${Math.ceil(height)})">${body(legend)}</g>` : ''}</svg>`
  )
}
