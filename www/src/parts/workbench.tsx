// The frame of every section: a bar, then Source | List | Inspector, then Compose.
// With less room the same panes become tabs, and the Inspector a sheet drawn up from below.

import { signal, type Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { layout } from '../layout';
import { t } from '../locale';
import { moveIndex } from '../state/selection';
import { CloseMark, DownMark, UpMark } from './marks';

/** What a narrow page shows: one pane, and how far the Inspector's sheet is drawn up. */
export interface View {
  pane: Signal<'source' | 'list'>;
  sheet: Signal<'shut' | 'half' | 'full'>;
}

export function createView(pane: 'source' | 'list', sheet: 'shut' | 'half'): View {
  return { pane: signal(pane), sheet: signal<'shut' | 'half' | 'full'>(sheet) };
}

export interface Pane {
  title: string;
  tab: string;
  content: ComponentChildren;
  /** Beside the title. */
  aside?: ComponentChildren;
  /** Nothing to show: a half-drawn sheet is then not drawn up at all. */
  empty?: boolean;
  /** Stays at the pane's foot while the content scrolls. */
  footer?: ComponentChildren;
}

interface WorkbenchProps {
  id: string;
  view: View;
  bar: ComponentChildren;
  notices?: ComponentChildren;
  source: Pane;
  list: Pane;
  inspector: Pane;
  compose: { title: string; content: ComponentChildren };
}

type PaneName = 'source' | 'list' | 'inspector';

export function Workbench({ id, view, bar, notices, source, list, inspector, compose }: WorkbenchProps) {
  const panes: Record<PaneName, Pane> = { source, list, inspector };
  const tabbed = layout.value !== 'wide';
  return (
    <div class="workbench" data-section={id} data-layout={layout.value} data-shown={view.pane.value} data-sheet={inspector.empty && view.sheet.value === 'half' ? 'shut' : view.sheet.value}>
      <div class="bar" data-pane="bar" tabIndex={-1}>
        {bar}
      </div>
      <div class="notices">{notices}</div>
      {tabbed && <PaneTabs panes={panes} view={view} />}
      <div class="panes">
        {(['source', 'list', 'inspector'] as const).map((name) => (
          <PaneView key={name} name={name} pane={panes[name]} view={view} asTab={tabbed && (name !== 'inspector' || layout.value === 'narrow')} />
        ))}
      </div>
      <section class="compose" data-pane="compose" tabIndex={-1} aria-label={compose.title}>
        {compose.content}
      </section>
    </div>
  );
}

function PaneView({ name, pane, view, asTab }: { name: PaneName; pane: Pane; view: View; asTab: boolean }) {
  const isSheet = name === 'inspector' && layout.value === 'narrow';
  const full = view.sheet.value === 'full';
  return (
    <section id={`pane-${name}`} class={`pane pane-${name}`} data-pane={name} tabIndex={-1} {...(asTab ? { role: 'tabpanel', 'aria-labelledby': `tab-${name}` } : { 'aria-label': pane.title })}>
      <header class="pane-head">
        <h2>{pane.title}</h2>
        {pane.aside}
        {isSheet && (
          <span class="sheet-controls">
            <button type="button" class="quiet" aria-label={full ? t.value.shrink : t.value.expand} onClick={() => (view.sheet.value = full ? 'half' : 'full')}>
              {full ? <DownMark /> : <UpMark />}
            </button>
            <button type="button" class="quiet" aria-label={t.value.close} onClick={() => (view.sheet.value = 'shut')}>
              <CloseMark />
            </button>
          </span>
        )}
      </header>
      <div class="pane-body">{pane.content}</div>
      {pane.footer}
    </section>
  );
}

function PaneTabs({ panes, view }: { panes: Record<PaneName, Pane>; view: View }) {
  const list = useRef<HTMLDivElement>(null);
  const names: PaneName[] = layout.value === 'narrow' ? ['source', 'list', 'inspector'] : ['source', 'list'];
  const chosen: PaneName = layout.value === 'narrow' && view.sheet.value === 'full' ? 'inspector' : view.pane.value;
  const show = (name: PaneName) => {
    if (name === 'inspector') {
      view.sheet.value = 'full';
      return;
    }
    if (view.sheet.value === 'full' || view.pane.value !== name) view.sheet.value = 'shut';
    view.pane.value = name;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    const next = names[moveIndex(names.indexOf(chosen), event.key === 'ArrowRight' ? 1 : -1, names.length)]!;
    show(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div ref={list} class="tabs" role="tablist" onKeyDown={onKeyDown}>
      {names.map((name) => (
        <button key={name} type="button" id={`tab-${name}`} role="tab" aria-selected={chosen === name} aria-controls={`pane-${name}`} tabIndex={chosen === name ? 0 : -1} onClick={() => show(name)}>
          {panes[name].tab}
        </button>
      ))}
    </div>
  );
}
