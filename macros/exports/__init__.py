"""What others can use outside the pages: open data, citations, reports, feeds and plain text."""
