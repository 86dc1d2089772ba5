"""Words in the reader's language: gettext PO files with state and key as context, read, written and kept up to date."""

from assistant.flow.translation.entries import Entry, common_entries, common_language, flow_entries
from assistant.flow.translation.words import Words, read_words

__all__ = ["Entry", "Words", "common_entries", "common_language", "flow_entries", "read_words"]
