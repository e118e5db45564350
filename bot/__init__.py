"""needtoknow: reads many outlets, understands the news, posts a digest that can prove every word."""

__version__ = "0.1.0"
