// An editor whose text can be marked, with a gutter of what is wrong: CodeMirror, in a chunk of its own.
// It lives in a shadow root: there its styles are a style sheet object, which the page's policy allows.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, placeholder, type DecorationSet } from '@codemirror/view';

export interface TextMark {
  id: string;
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'note';
  message: string;
}

export interface TextEditorOptions {
  label: string;
  placeholder: string;
  onInput: (text: string) => void;
  /** A mark was clicked. */
  onPick: (id: string) => void;
}

export class TextEditor {
  private readonly view: EditorView;
  private readonly words = new Compartment();
  private marks: readonly TextMark[] = [];
  private setting = false;

  constructor(host: HTMLElement, text: string, options: TextEditorOptions) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    this.view = new EditorView({
      root,
      parent: root as unknown as Element,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          chosenMark,
          EditorView.lineWrapping,
          keymap.of([...defaultKeymap, ...historyKeymap]),
          this.words.of(wordsOf(options)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.setting) options.onInput(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            click: (event, view) => {
              const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
              const hit = at === null ? undefined : this.innermost(at);
              if (hit) options.onPick(hit.id);
            },
          }),
          theme,
        ],
      }),
    });
  }

  setText(text: string): void {
    const { doc } = this.view.state;
    if (text === doc.toString()) return;
    this.setting = true;
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    this.setting = false;
  }

  setWords(options: Pick<TextEditorOptions, 'label' | 'placeholder'>): void {
    this.view.dispatch({ effects: this.words.reconfigure(wordsOf(options)) });
  }

  /** Marks places of the text; those beyond its end are left out. */
  setMarks(marks: readonly TextMark[]): void {
    const { length } = this.view.state.doc;
    this.marks = marks.filter(({ to }) => to <= length);
    const diagnostics = this.marks.map(({ from, to, severity, message }): Diagnostic => ({ from, to, severity: severity === 'note' ? 'info' : severity, message }));
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Marks one place above all others, and brings it into view. */
  choose(range: { from: number; to: number } | null): void {
    const { length } = this.view.state.doc;
    const within = range && range.to <= length ? range : null;
    const effects: StateEffect<unknown>[] = [choose.of(within)];
    if (within) effects.push(EditorView.scrollIntoView(within.from, { y: 'nearest', yMargin: 40 }));
    this.view.dispatch({ effects });
  }

  destroy(): void {
    this.view.destroy();
  }

  private innermost(at: number): TextMark | undefined {
    const around = this.marks.filter(({ from, to }) => from <= at && at <= to);
    return around.sort((a, b) => a.to - a.from - (b.to - b.from))[0];
  }
}

function wordsOf({ label, placeholder: text }: Pick<TextEditorOptions, 'label' | 'placeholder'>) {
  return [EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' }), placeholder(text)];
}

const choose = StateEffect.define<{ from: number; to: number } | null>();

const chosenMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(choose)) continue;
      const range = effect.value;
      next = range && range.to > range.from ? Decoration.set([Decoration.mark({ class: 'cm-chosen' }).range(range.from, range.to)]) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const theme = EditorView.theme({
  '&': { height: '100%', background: 'var(--surface)', color: 'var(--text)', font: '13px/20px var(--mono)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { font: 'inherit', overscrollBehavior: 'contain' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)', overflowWrap: 'anywhere' },
  '.cm-line': { padding: '0 8px 0 4px' },
  '.cm-gutters': { background: 'var(--surface-raised)', color: 'var(--text-quiet)', borderRight: '1px solid var(--hairline)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 4px 0 8px' },
  '.cm-gutter-lint': { width: '20px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--text-quiet)', font: '14px/20px var(--sans)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { background: 'var(--surface-selected)' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0', textDecoration: 'underline 2px', textUnderlineOffset: '3px', cursor: 'pointer' },
  '.cm-lintRange-error': { textDecorationColor: 'var(--bad)', background: 'var(--bad-surface)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--in)', background: 'var(--warning-surface)' },
  '.cm-lintRange-info': { textDecorationColor: 'var(--text-quiet)' },
  '.cm-chosen': { outline: '2px solid var(--linked)', outlineOffset: '1px', borderRadius: '1px' },
  '.cm-tooltip': { border: '1px solid var(--hairline-strong)', borderRadius: 'var(--radius)', background: 'var(--surface)', color: 'var(--text)', font: '14px/20px var(--sans)', maxWidth: '420px' },
  '.cm-diagnostic': { padding: '6px 10px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--in)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--text-quiet)' },
});
