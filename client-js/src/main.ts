import './ui/styles/base.css';
