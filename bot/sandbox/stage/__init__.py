"""The page's server: shows the double to people in a browser, cut to what each may see, and lets them act."""
