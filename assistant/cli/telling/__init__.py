"""Problems as people, editors, GitHub and code scanning read them: one module for each format."""
