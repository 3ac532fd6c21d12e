// The fields as a tree; what is selected or pointed at is the same place as in the bytes and the bits.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FieldKind, InspectedField } from '../engine';
import { fieldText, t } from '../locale';
import { innermost, moveIndex, sameRange } from '../state/selection';
import { tintOf } from '../state/tints';
import { valueText } from './field-value';
import { choose, type Inspected } from './inspected';
import { placeText } from './meaning';
import { shortSection } from './section-link';

interface Node {
  field: InspectedField;
  index: number;
  parent: number;
  hasChildren: boolean;
}

export function FieldTree({ inspected }: { inspected: Inspected }) {
  const { fields, masked } = inspected.reading.value;
  const bytes = inspected.target.value?.bytes ?? new Uint8Array(0);
  const nodes = useMemo(() => toNodes(fields), [fields]);
  // Frames open up whole; the lines of a head stay shut until somebody asks, for there are many.
  const opensAtFirst = (node: Node) => node.field.kind !== 'field-line';
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState(-1);
  const tree = useRef<HTMLDivElement>(null);
  const active = inspected.active.value;
  const current = innermost(fields, active);

  useEffect(() => setFocused(-1), [fields]);

  const nameOf = (node: Node) => `${node.field.kind}@${node.field.start}`;
  const expanded = (node: Node) => node.hasChildren && opensAtFirst(node) !== toggled.has(nameOf(node));
  const shown = nodes.filter((node) => {
    for (let up = node.parent; up >= 0; up = nodes[up]!.parent) if (!expanded(nodes[up]!)) return false;
    return true;
  });
  /** A field inside a shut node is shown by that node. */
  const visibleIndex = (index: number): number => {
    for (let at = index; at >= 0; at = nodes[at]!.parent) if (shown.some((node) => node.index === at)) return at;
    return -1;
  };
  const linked = visibleIndex(current);
  const tabStop = shown.some((node) => node.index === focused) ? focused : linked >= 0 ? linked : (shown[0]?.index ?? -1);

  /** A line of a head goes by its own name; `null` where it has none. */
  const lineText = (node: Node) => {
    const part = (kind: FieldKind) => {
      const child = nodes.find(({ parent, field }) => parent === node.index && field.kind === kind);
      return child ? valueText(child.field, bytes, masked) : '';
    };
    const name = part('field-name');
    return name === '' ? null : { name, value: part('field-value') };
  };

  const toggle = (node: Node) => {
    const next = new Set(toggled);
    if (!next.delete(nameOf(node))) next.add(nameOf(node));
    setToggled(next);
  };
  const focus = (index: number) => {
    setFocused(index);
    inspected.selection.value = { start: fields[index]!.start, end: fields[index]!.end };
    tree.current?.querySelector<HTMLElement>(`[data-field="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const node = nodes[tabStop];
    if (!node) return;
    const place = shown.indexOf(node);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') focus(shown[moveIndex(place, event.key === 'ArrowDown' ? 1 : -1, shown.length)]!.index);
    else if (event.key === 'Home') focus(shown[0]!.index);
    else if (event.key === 'End') focus(shown.at(-1)!.index);
    else if (event.key === 'ArrowRight' && node.hasChildren) {
      if (expanded(node)) focus(node.index + 1);
      else toggle(node);
    } else if (event.key === 'ArrowLeft' && (expanded(node) || node.parent >= 0)) {
      if (expanded(node)) toggle(node);
      else focus(node.parent);
    } else if (event.key === 'Enter' || event.key === ' ') focus(node.index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={tree} role="tree" class="fields" aria-label={t.value.inspector.fields} onKeyDown={onKeyDown} onPointerLeave={() => (inspected.hover.value = null)}>
      {shown.map((node) => {
        const { field, index } = node;
        const { name, section } = fieldText(field.kind);
        const line = field.kind === 'field-line' ? lineText(node) : null;
        return (
          <div
            key={nameOf(node)}
            role="treeitem"
            class={`field depth-${Math.min(field.depth, 4)}${line ? ' field-line' : ''}${linked === index ? ' linked' : ''}`}
            data-field={index}
            aria-level={field.depth + 1}
            aria-expanded={node.hasChildren ? expanded(node) : undefined}
            aria-selected={linked === index}
            tabIndex={index === tabStop ? 0 : -1}
            onFocus={() => setFocused(index)}
            onPointerOver={(event) => event.pointerType === 'mouse' && (inspected.hover.value = field)}
            onClick={() => {
              setFocused(index);
              if (node.hasChildren && sameRange(inspected.selection.value, field)) toggle(node);
              else choose(inspected, field, { start: field.start, end: field.end });
            }}
          >
            <span class="field-twist" aria-hidden="true">
              {node.hasChildren ? (expanded(node) ? '▾' : '▸') : ''}
            </span>
            <span class={`field-swatch tint-${tintOf(field.kind)}`} aria-hidden="true" />
            {line ? (
              <>
                <span class="field-name mono">
                  <span class="tint-length">{line.name}</span>
                </span>
                <span class="field-value mono">{line.value}</span>
              </>
            ) : (
              <>
                <span class="field-name">{name}</span>
                <span class="field-value mono">{valueText(field, bytes, masked)}</span>
                <span class="field-place">{placeText(field)}</span>
                <span class="field-section">{shortSection(section)}</span>
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

function toNodes(fields: readonly InspectedField[]): Node[] {
  const open: number[] = [];
  return fields.map((field, index) => {
    open.length = field.depth;
    const parent = open.findLast((candidate) => candidate !== undefined) ?? -1;
    open[field.depth] = index;
    return { field, index, parent, hasChildren: (fields[index + 1]?.depth ?? 0) > field.depth };
  });
}
