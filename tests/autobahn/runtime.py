#!/usr/bin/env python3
"""Unpacks the private Python 2.7 in which the Autobahn testsuite runs, with the suite and its libraries.

usage: runtime.py LOCK DESTINATION

PyPy and the two system libraries that it needs come out of Debian 11 packages, everything else out of archives of the
Python package index. All of it is unpacked, nothing installed or compiled, and nobody has to be root. The archives come
from wherever apt and pip of this machine are configured to look, and each must have the SHA-256 that LOCK names.

`cargo xtask autobahn` runs this; it needs apt, dpkg-deb, and Python 3.9 or newer with pip.
"""

import hashlib
import html
import io
import json
import re
import subprocess
import sys
import tarfile
import urllib.parse
import zipfile
from pathlib import Path

from pip._internal.commands import create_command

APT_HELPER = "/usr/lib/apt/apt-helper"


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    lock = json.loads(Path(sys.argv[1]).read_text())
    destination = Path(sys.argv[2])
    unpack_interpreter(lock["debian"], destination)
    unpack_libraries(lock["python"], destination / "site")


def unpack_interpreter(packages: list, destination: Path) -> None:
    root = destination / "root"
    root.mkdir(parents=True, exist_ok=True)
    archives = debian_archives()
    for package in packages:
        path = destination / Path(package["path"]).name
        fetch_with_apt(archives, package["path"], path)
        verify(path.name, path.read_bytes(), package["sha256"])
        subprocess.run(["dpkg-deb", "--extract", path, root], check=True)
        path.unlink()


def debian_archives() -> list:
    """The base of every archive in apt's configuration, each once."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    listed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return list(dict.fromkeys(line.rstrip("/") for line in listed.split()))


def fetch_with_apt(archives: list, path: str, file: Path) -> None:
    """Fetches as apt would, through its proxies and with its credentials, from the first archive that has it."""
    for archive in archives:
        url = f"{archive}/{urllib.parse.quote(path)}"
        if subprocess.run([APT_HELPER, "download-file", url, file]).returncode == 0:
            return
    sys.exit(f"none of the {len(archives)} archives that apt is configured for has {path}, a package of Debian 11")


def unpack_libraries(libraries: list, site: Path) -> None:
    index = PackageIndex()
    for library in libraries:
        archive = index.fetch(library["project"], library["file"])
        verify(library["file"], archive, library["sha256"])
        if library["file"].endswith(".whl"):
            zipfile.ZipFile(io.BytesIO(archive)).extractall(site)
        else:
            unpack_sources(archive, library["sources"], site)


def unpack_sources(archive: bytes, sources: str, site: Path) -> None:
    """Unpacks the files below the folder `sources`; the archive is one that the lock names."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile() and member.name.startswith(sources):
                file = site / member.name[len(sources) :]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(tar.extractfile(member).read())


class PackageIndex:
    """The indexes that pip is configured for, reached as pip would: with its certificates, proxies and credentials.

    `pip download` itself will not do: it runs the `setup.py` of a source archive, and these are of Python 2. What is
    used of pip here is not its public interface, which it has not, but has been there since pip 20.
    """

    def __init__(self) -> None:
        command = create_command("download")
        options, _ = command.parse_args([])
        self._indexes = [index for index in [options.index_url, *options.extra_index_urls] if index]
        with command.main_context():
            self._session = command._build_session(options)

    def fetch(self, project: str, file: str) -> bytes:
        for index in self._indexes:
            page_url = f"{index.rstrip('/')}/{project}/"
            page = self._session.get(page_url, headers={"Accept": "text/html"})
            if not page.ok:
                continue
            links = (html.unescape(link) for link in re.findall(r'href="([^"]+)"', page.text))
            for link in links:
                url = urllib.parse.urljoin(page.url, link)
                if urllib.parse.urlsplit(url).path.endswith(f"/{file}"):
                    # Some servers would otherwise take a .tar.gz for a .tar that they are to compress on the way.
                    answer = self._session.get(url, headers={"Accept-Encoding": "identity"})
                    answer.raise_for_status()
                    return answer.content
        sys.exit(f"none of the {len(self._indexes)} package indexes that pip is configured for has {file}")


def verify(name: str, archive: bytes, sha256: str) -> None:
    found = hashlib.sha256(archive).hexdigest()
    if found != sha256:
        sys.exit(f"{name} is not the archive that the lock names: its SHA-256 is {found}, not {sha256}")


if __name__ == "__main__":
    main()
