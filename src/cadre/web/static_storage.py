"""Static files named by their contents, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):
    """Also follows the imports between our ES modules."""

    support_js_module_import_aggregation = True
