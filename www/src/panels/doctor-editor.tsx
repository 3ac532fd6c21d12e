// The editor of what was pasted. A plain field stands for it until its code is here.

import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { causeSentence, ruleWords } from '../doctor/wording';
import { t } from '../locale';
import type { TextEditor, TextMark } from '../parts/text-editor';
import { isEmpty, locator, openFile, origin, setText, text } from './doctor-source';
import { openRule, rows, selectedRow, selectRow, view, type DoctorRow } from './doctor-state';

export function DoctorEditor() {
  const texts = t.value.doctor;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<TextEditor | null>(null);
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let gone = false;
    let stop = () => {};
    void import('../parts/text-editor').then(
      ({ TextEditor }) => {
        if (gone || !host.current) return;
        const made = new TextEditor(host.current, text.peek(), { label: texts.editor, placeholder: plain(texts.empty), onInput: setText, onPick: selectRow });
        editor.current = made;
        stop = follow(made);
        setReady(true);
      },
      // Without it the plain field stays.
      () => {},
    );
    return () => {
      gone = true;
      stop();
      editor.current?.destroy();
      editor.current = null;
    };
  }, []);

  useEffect(() => editor.current?.setWords({ label: texts.editor, placeholder: plain(texts.empty) }), [texts, ready]);

  const onDrop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void openFile(file);
  };
  // Where the panes take turns, who pastes into an empty editor wants to see what comes of it.
  const onPaste = () => {
    if (isEmpty.peek()) view.pane.value = 'list';
  };
  return (
    <div class="doctor-editor" onDragOver={(event) => event.preventDefault()} onDropCapture={onDrop} onPasteCapture={onPaste}>
      <div ref={host} class="editor-host" data-field hidden={!ready} />
      {!ready && (
        <textarea class="mono" aria-label={texts.editor} placeholder={plain(texts.empty)} spellcheck={false} autocomplete="off" value={text.value} onInput={(event) => setText(event.currentTarget.value)} />
      )}
    </div>
  );
}

/** Keeps the editor in step with what is known. */
function follow(editor: TextEditor): () => void {
  const stops = [
    effect(() => {
      editor.setText(text.value);
      editor.setMarks(marks());
    }),
    effect(() => {
      const row = openRule.value === null ? selectedRow.value : null;
      void text.value;
      editor.choose(row && placeOf(row));
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function marks(): TextMark[] {
  return rows.value.flatMap((row) => {
    const place = placeOf(row);
    return place ? [{ ...place, id: row.id, severity: severityOf(row), message: messageOf(row) }] : [];
  });
}

function severityOf(row: DoctorRow): TextMark['severity'] {
  return row.kind === 'explanation' ? 'note' : row.finding.severity;
}

function messageOf(row: DoctorRow): string {
  if (row.kind === 'explanation') return causeSentence(row.explanation);
  return row.kind === 'code' ? causeSentence(row.finding) : ruleWords({ ...row.finding, code: row.finding.rule }).sentence;
}

/** Where a row's subject stands in the text; `null` for what stands nowhere in it. */
function placeOf(row: DoctorRow): { from: number; to: number } | null {
  if (row.kind === 'finding') {
    const { part, start, end } = row.finding.where;
    return locator.value?.locate(part, start, end) ?? null;
  }
  if (origin.value.kind !== 'text') return null;
  const starts = lineStarts(text.value);
  if (row.kind === 'explanation') {
    const from = starts[(row.line ?? 1) - 1] ?? 0;
    return { from, to: (starts[row.line ?? 1] ?? text.value.length + 1) - 1 };
  }
  const { line, start, endLine, end } = row.finding;
  return { from: (starts[line - 1] ?? 0) + start, to: (starts[endLine - 1] ?? 0) + end };
}

function lineStarts(whole: string): number[] {
  const starts = [0];
  for (let at = whole.indexOf('\n'); at >= 0; at = whole.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Without the marks of code. */
function plain(sentence: string): string {
  return sentence.replaceAll('`', '');
}
