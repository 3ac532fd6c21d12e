// `RFC 6455 §5.2`, as a link to that very section.

const form = /(?:RFC\s*(\d+)\s*)?§\s*([\d.]*\d)/;

export function sectionAddress(section: string): string | null {
  const match = form.exec(section);
  return match ? `https://www.rfc-editor.org/rfc/rfc${match[1] ?? '6455'}#section-${match[2]}` : null;
}

export function shortSection(section: string): string {
  const match = form.exec(section);
  return match ? `§${match[2]}` : section;
}

export function SectionLink({ section }: { section: string }) {
  const address = sectionAddress(section);
  if (!address) return section ? <span class="section-link">{section}</span> : null;
  return (
    <a class="section-link" href={address} target="_blank" rel="noreferrer">
      {section}
    </a>
  );
}
