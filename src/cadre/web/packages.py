"""Which files of the npm packages are served: `collectstatic` copies and packs nothing else."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch

from django.contrib.staticfiles.finders import FileSystemFinder

SERVED = (
    "packages/htmx/htmx.min.js*",
    "packages/leaflet/leaflet.css",
    "packages/leaflet/leaflet.js*",
    "packages/leaflet/images/*",
    "packages/topojson/topojson-client.min.js",
    "packages/atlas/countries-50m.json",
    "packages/atlas/countries-110m.json",
)


class PackageFinder(FileSystemFinder):
    """The folders of STATICFILES_DIRS, less what no page asks for (30 MB of it)."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, object]]:
        for path, storage in super().list(ignore_patterns):
            name = f"{storage.prefix}/{path}"
            if any(fnmatch(name, pattern) for pattern in SERVED):
                yield path, storage
